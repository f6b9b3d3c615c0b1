"""A believable network that reports its usage: lines, what they measure, what goes wrong, and what must be counted."""
