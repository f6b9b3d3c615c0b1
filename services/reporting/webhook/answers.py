"""What the beginning of a receiver's answer is kept as: short, printable, and without what it may have been told in
confidence.

>>> kept("no such user ann@example.org\\n", "whsec_x")
'no such user … '
"""

from __future__ import annotations

import re
from typing import Final

LENGTH_MAX: Final = 500

_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:]{1,64}@[^\s<>()\[\],;:]+")


def kept(text: str, *secrets: str) -> str:
    """On one line; `secrets` and e-mail addresses are left out."""
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return _ADDRESS.sub("…", "".join(c if c.isprintable() else " " for c in text))[:LENGTH_MAX]
