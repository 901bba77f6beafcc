"""Taking a newer catalogue into use, on request only, and going back."""
