"""E-mail addresses: which a mail can go to, and what they ask of a mail server.

is_address("ann@example.org")                 ->  True
is_address("ann@example.org\\r\\nBcc: …")       ->  False

An address has no spaces, quotes and control characters, so that none can say anything but itself in a header or a
command of SMTP. Before the @ it may have letters of any script (RFC 6531); after it, it is as DNS has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StrictStr
from pydantic_core import PydanticCustomError

ADDRESSES_MAX: Final = 10

_ATEXT: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LOCAL: Final = rf"{_ATEXT}(?:\.{_ATEXT})*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_BYTES_MAX: Final = 254
_LOCAL_BYTES_MAX: Final = 64


def is_address(text: str) -> bool:
    """Whether a mail can go there as it stands.

    >>> is_address("ann@example.org"), is_address("ann@example.org\\r\\nBcc: all@example.org"), is_address("a,b@c.de")
    (True, False, False)
    >>> is_address("jörg@example.org"), is_address("j\u202eg@example.org"), is_address("ann@müller.example")
    (True, False, False)
    """
    if _ADDRESS.fullmatch(text) is None or not text.isprintable() or unicodedata.normalize("NFC", text) != text:
        return False
    local = text.rpartition("@")[0]
    return len(text.encode()) <= _BYTES_MAX and len(local.encode()) <= _LOCAL_BYTES_MAX


def needs_smtputf8(addresses: Iterable[str]) -> bool:
    """Whether a mail to these goes only where mail servers take addresses in any script (RFC 6531)."""
    return not all(address.isascii() for address in addresses)


def to_ascii(address: str) -> str:
    """With its domain as DNS has it: `ann@müller.example` is an address, too."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _address(value: str) -> str:
    if not is_address(value):
        raise PydanticCustomError("invalid", "{address} is no address that a mail can go to", {"address": repr(value)})
    return value


AddressText = Annotated[StrictStr, Field(max_length=254), AfterValidator(_address)]
