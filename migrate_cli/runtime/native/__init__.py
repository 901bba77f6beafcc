"""The dialects of the providers' own SDKs."""
