"""A first recipe for a source that nobody has described yet: what every column is, and why."""
