"""Reading files that somebody uploaded.

All but `reader` runs in a child process that takes away its own means first, and imports nothing but its parsers.
"""
