"""Work on conversations: one thing at a time in each, several at once, and none forgotten."""
