"""The hands: the registry, tasks, reports and ERPNext connectors.

`executor_service.app` has `create_app`, `executor_service.making` has `make_executor`; they are not imported here,
because the child processes that run tool files need only the registry's types.
"""
