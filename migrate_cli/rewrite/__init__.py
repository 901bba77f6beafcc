"""From operations to text: expressions, statements and imports of one file, and the last check of the result."""
