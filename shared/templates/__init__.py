"""The one language of texts, conditions and prompts: Jinja, hardened so that no template can harm or stop a process."""
