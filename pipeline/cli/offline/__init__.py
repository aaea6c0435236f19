"""What readers can take along: pages as one file, languages as archives."""
