"""Reads the usage sites of a file."""
