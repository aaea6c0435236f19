"""Pictures and recordings that a language has of its own: found, judged, published, recorded."""
