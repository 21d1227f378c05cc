"""Conversations that people draw: the engine is pure; saving, sending, timers and calls happen around it."""
