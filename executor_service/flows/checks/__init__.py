"""What is looked at before a flow may be published: one small function a rule, all in one list."""
