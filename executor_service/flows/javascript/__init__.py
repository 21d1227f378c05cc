"""JavaScript of flows: each script in a child process of its own, with nothing of the host in reach."""
