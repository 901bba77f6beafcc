"""`migrate verify`: a program is run, and its requests are judged."""
