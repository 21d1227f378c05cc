"""WhatsApp Cloud API: signature, parsing, mapping, error decisions and the HTTP client."""
