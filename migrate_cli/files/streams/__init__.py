"""Large data files read piece by piece: opened and unpacked, then as JSON values or as rows of a table."""
