"""Voice notes: what is said in them, heard once for each turn."""
