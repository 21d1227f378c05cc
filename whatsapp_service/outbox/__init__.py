"""What leaves: kept until the channel accepted it, in order, each message once."""
