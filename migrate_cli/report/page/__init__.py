"""One neutral page, written by every format's own renderer."""
