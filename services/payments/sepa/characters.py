"""The characters that every bank of SEPA takes: Latin letters, digits, and / - ? : ( ) . , ' + and space.

>>> plain("Jörg Müller & Søn, Nº 5")
'Joerg Mueller + Soen, No 5'
>>> plain("株式会社"), plain("//x"), plain("  a   b ")
('....', 'x', 'a b')
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPELT: Final = str.maketrans(
    {
        **{"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "æ": "ae", "Æ": "Ae"},
        **{"ø": "oe", "Ø": "Oe", "å": "a", "Å": "A", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th"},
        **{"œ": "oe", "Œ": "Oe", "&": "+", "_": "-", '"': "'", "“": "'", "”": "'", "’": "'", "–": "-", "—": "-"},
        **{"@": "(at)", "€": "EUR", ";": ",", "%": ".", "*": ".", "#": ".", "=": "-", "<": "(", ">": ")"},
    }
)
_OTHER: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_REFERENCE: Final = re.compile(r"[A-Za-z0-9\-?:().,'+]([A-Za-z0-9/\-?:().,'+ ]{0,33}[A-Za-z0-9\-?:().,'+])?")


def plain(text: str, limit: int = 140) -> str:
    """The text in those characters, a dot for each that has no other spelling; never empty, never begun by a slash."""
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_SPELT))
    bare = "".join(sign for sign in spelt if not unicodedata.combining(sign))
    found = " ".join(_OTHER.sub(".", bare.replace("\n", " ")).split()).strip("/ ")
    return found[:limit].strip("/ ") or "."


def is_reference(text: str) -> bool:
    """Whether it may be the reference of a mandate or of a payment: 35 characters, no slash at either end."""
    return len(text) <= 35 and "//" not in text and _REFERENCE.fullmatch(text) is not None
