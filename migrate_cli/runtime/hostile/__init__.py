"""Hostile mode: answers that break programs."""
