"""The kinds of nodes: one file each."""
