"""What an ERP tells by itself: its webhooks, kept as notices and turned into alerts and starts of flows."""
