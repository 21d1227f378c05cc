"""What is outside of Recado, as one fast process: the Graph API, a chat model and a Frappe site."""
