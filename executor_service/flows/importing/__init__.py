"""Flows drawn elsewhere, read into our own shape: pure, one package a format; nothing is fetched or run."""
