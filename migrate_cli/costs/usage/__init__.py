"""Reads what people have of their usage: exports, bills and logs, each format in a module of its own."""
