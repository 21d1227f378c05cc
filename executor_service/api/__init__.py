"""The HTTP and Socket.IO side of the executor."""
