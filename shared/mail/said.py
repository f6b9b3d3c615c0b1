"""What others say of a delivery, as it is kept for ever: short, on one line, and without the address it names.

>>> without_addresses("550 5.1.1 <ann@example.org>: no such user")
'550 5.1.1 <…>: no such user'
"""

from __future__ import annotations

import re
from typing import Final

LENGTH_MAX: Final = 200

_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+")


def without_addresses(text: str) -> str:
    """Mail systems quote whom they refuse: a log that never forgets must not know it."""
    return _ADDRESS.sub("…", text)


def kept(text: str, *secrets: str) -> str:
    """The words as they are kept; `secrets` and addresses are left out."""
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return without_addresses("".join(c if c.isprintable() else " " for c in text))[:LENGTH_MAX]
