"""From operations to text: expressions, statements and imports of one file, and the check of the result."""
