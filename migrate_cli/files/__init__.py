"""Files: found, read, written and restored. The only part that touches the disk for user files."""
