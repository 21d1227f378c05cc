"""The built-in boxes of tools."""
