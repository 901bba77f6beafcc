"""Running the user's program against a strict local stand-in of the provider."""
