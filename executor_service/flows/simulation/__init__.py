"""Trying flows out: the same engine with a fake channel and clock, and the tests that flows carry."""
