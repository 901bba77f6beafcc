"""How a call is written for a provider."""
