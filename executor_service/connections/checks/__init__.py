"""Tests of a connection, step by step: each names what it reached, or why not and the way out."""
