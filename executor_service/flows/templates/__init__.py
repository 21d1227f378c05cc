"""Flows to begin with: shipped drawings, each with its own tests."""
