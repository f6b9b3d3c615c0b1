"""Reports and lists that are made and mailed again and again, at a local time."""
