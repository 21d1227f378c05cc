"""The interpreter over HTTP: each view parses, calls and returns."""
