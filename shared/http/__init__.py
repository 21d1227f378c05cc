"""What the HTTP sides of the services share: the app's frame, problems, authentication, the typed clients."""
