"""Requests to addresses that people wrote into flows: only to the public internet, bounded in size and time."""
