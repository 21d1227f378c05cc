"""What a handler written in an afternoon looks like; each runs under the same server as Recado."""
