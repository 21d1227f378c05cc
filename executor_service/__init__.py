"""The hands: the registry, tasks, reports and ERPNext connectors."""
