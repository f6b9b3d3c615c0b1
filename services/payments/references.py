"""References of ours that come back on bank statements: of a collection, a refund that is paid out, a top-up by a link.

RF04 MZQ22OWTPTZ2       twelve letters and digits, as the shortest field of a gateway has, with the check digits that
                        make it a creditor reference (ISO 11649), which the apps of banks check as it is typed

The first letter says what it is of. Whoever writes one digit wrong has written none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final, Literal

from stdnum import iso11649

Kind = Literal["collection", "refund", "top_up"]
_LETTERS: Final = {"collection": "M", "refund": "R", "top_up": "T"}
_WRITTEN: Final = re.compile(r"RF\s?[0-9]{2}\s?(?=[MRT])(?:[A-Z2-7]\s?){11}[A-Z2-7](?![0-9A-Z])", re.ASCII)


def key_of(kind: Kind, of_id: str) -> str:
    """Twelve letters and digits.

    >>> key_of("collection", "col-1")
    'MZQ22OWTPTZ2'
    """
    digest = hashlib.sha256(f"{kind}/{of_id}".encode()).digest()
    return _LETTERS[kind] + base64.b32encode(digest).decode()[:11]


def creditor_reference_of(key: str) -> str:
    """The key as a creditor reference.

    >>> creditor_reference_of("MZQ22OWTPTZ2")
    'RF04MZQ22OWTPTZ2'
    """
    digits = "".join(str(int(sign, 36)) for sign in f"{key}RF00")
    return f"RF{98 - int(digits) % 97:02d}{key}"


def key_in(text: str) -> str:
    """The key of the first creditor reference of ours in what a payer wrote; empty where there is none.

    >>> key_in("Rechnung, rf04 mzq2 2owt ptz2 danke"), key_in("RF05MZQ22OWTPTZ2"), key_in("RF04MZQ22OWTPTZ2X")
    ('MZQ22OWTPTZ2', '', '')
    """
    for found in _WRITTEN.findall(text.upper()):
        compact = re.sub(r"\s", "", found)
        if iso11649.is_valid(compact):
            return compact[4:]
    return ""
