"""What `pipeline import-source` is made of: reading, a place for it, saving, the report."""
