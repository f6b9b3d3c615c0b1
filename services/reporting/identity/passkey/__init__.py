"""Passkeys (Web Authentication, level 3): a key in somebody's device, in place of a password or beside it."""
