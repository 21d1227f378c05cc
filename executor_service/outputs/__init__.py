"""Results made readable: text, pictures, spreadsheets."""
