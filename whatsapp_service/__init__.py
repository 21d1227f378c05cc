"""The door: channels, durable inbox, contacts, conversations, outbox, and the follower of the executor's rows.

`whatsapp_service.app` has `create_app`, `whatsapp_service.making` has `make_gateway`; they are not imported here,
because the process that only makes the tables needs none of them.
"""
