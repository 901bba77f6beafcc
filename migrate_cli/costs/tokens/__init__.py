"""Counting tokens without a network: a built-in estimate, and exact counts where a vocabulary is installed."""
