"""`migrate probe`: cheap questions to the real endpoint, held against the catalogue."""
