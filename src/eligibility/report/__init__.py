"""A Decision for its readers: terminal table and JSON."""
