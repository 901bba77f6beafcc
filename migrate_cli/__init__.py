"""Find OpenAI usage, move it to another provider, prove it runs, price it."""

__version__ = "0.1.0"
