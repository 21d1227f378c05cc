"""`recado doctor`: every dependency and setting, and how to mend what is wrong."""
