"""One module per rule: from a site and a target to findings, with edits as data."""
