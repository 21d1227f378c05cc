"""The event table: the one stream out of the executor."""
