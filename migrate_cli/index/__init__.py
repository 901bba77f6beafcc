"""What each file binds, and which names are OpenAI clients, across files."""
