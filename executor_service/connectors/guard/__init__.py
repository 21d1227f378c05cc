"""What SQL that a person or a model wrote may say before it reaches a database."""
