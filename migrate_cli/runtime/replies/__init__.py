"""What the stand-in answers: deterministic, and in the provider's manner."""
