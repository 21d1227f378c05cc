"""The door: channels, the durable inbox, contacts, conversations, the outbox and the event follower."""
