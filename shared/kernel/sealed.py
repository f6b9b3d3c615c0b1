"""A sealed personal field: ciphertext that deciders move and never read.

Names, addresses, e-mails and tax ids are encrypted once at the API (shared/http/vault.py holds the keys) and travel
as a `Sealed` string. Destroying the key turns every copy in the log into noise: that is how a log forgets.
"""

from __future__ import annotations

from typing import NewType

# "v1.<key id>.<base64url nonce+ciphertext>"
Sealed = NewType("Sealed", str)
