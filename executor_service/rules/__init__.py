"""What is decided about a message before anybody plans: links, opt-out, global commands, answers to a wait."""
