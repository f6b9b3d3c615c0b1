"""What banks write, as it is kept: spaces as one, no control characters, no place-holders.

>>> line("  INV-000042\\n  Oktober ")
'INV-000042 Oktober'
>>> given("NOTPROVIDED"), given("KREF+77")
('', 'KREF+77')
>>> iban("de89 3704 0044 0532 0130 00"), iban("12345")
('DE89370400440532013000', '')
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stdnum import iban as _iban

_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NOTHING: Final = frozenset({"NOTPROVIDED", "NONREF", "NOTAVAILABLE", "N/A", "NA", "NONE", "-", "0"})
_HALF: Final = re.compile(r"[\ud800-\udfff]")


def line(text: str, limit: int = 1_000) -> str:
    return _HALF.sub("�", _SPACES.sub(" ", text)).strip()[:limit]


def given(text: str, limit: int = 255) -> str:
    """A reference; empty for what stands there because something must."""
    found = line(text, limit)
    return "" if found.upper() in _NOTHING else found


@lru_cache(maxsize=65_536)
def iban(text: str) -> str:
    """An IBAN as it is compared, without spaces; empty for what is none."""
    compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return compact if len(compact) >= 15 and _iban.is_valid(compact, check_country=False) else ""
