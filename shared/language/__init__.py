"""What people mean by their words in Spanish, Portuguese and English: periods, amounts and the language itself.

Pure functions over text: no clock, no input or output. "Today" is always an argument.
"""
