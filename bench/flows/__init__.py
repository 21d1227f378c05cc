"""What the flow engine takes, durably stored beside the same in memory."""
