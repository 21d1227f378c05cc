"""The project's load generator, its stand-ins for the outside world, and plain comparators to hold Recado against."""
