"""Signed deliveries, sent in a closed or an open loop, and the replies that came of them."""
