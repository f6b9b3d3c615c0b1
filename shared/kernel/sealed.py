"""Sealed fields: ciphertext that deciders move and never read. What is personal is `Sealed`, a secret `SealedSecret`.

Names, addresses, e-mails and tax ids are encrypted once at the API (shared/http/vault.py holds the keys) and travel
as a `Sealed` string. Destroying the key turns every copy in the log into noise: that is how a log forgets. What another
system shares with us (a RADIUS secret, the secret of a webhook) travels likewise, and is shown to nobody.
"""

from __future__ import annotations

from typing import Final, NewType

# "v1.<key id>.<base64url nonce+ciphertext>"
Sealed = NewType("Sealed", str)
SealedSecret = NewType("SealedSecret", str)

SEALED: Final = "sealed"
"""What a reader sees of a personal field that is not for his role."""
