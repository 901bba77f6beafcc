"""The catalogue against the calendar and against open price data: for people to read, never written back."""
