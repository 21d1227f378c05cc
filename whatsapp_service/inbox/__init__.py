"""What comes in: stored once, in one write, before anybody is told that it was received."""
