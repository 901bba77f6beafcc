"""What is known about providers, OpenAI's models, offers and the exchange rate, each fact with its date."""
