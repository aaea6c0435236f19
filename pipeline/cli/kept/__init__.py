"""What earlier builds worked out, so that an edit costs what it changes."""
