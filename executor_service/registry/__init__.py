"""Tools: how they are declared, described, validated and found."""
