"""The command line, the one-process launcher and the SDK for tool authors."""
