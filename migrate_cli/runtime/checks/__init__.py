"""Checks on a request: what the provider would refuse or ignore, and what no source tells."""
