"""The gateway over HTTP: providers' webhooks, the admin API, the web chat, and the live feed."""
