"""Places that are no use of OpenAI, and that a move may break all the same: one module per topic."""
