"""What the executor says by its rows: messages, settings, progress, and the ends of tasks."""
