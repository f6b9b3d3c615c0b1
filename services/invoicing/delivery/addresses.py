"""Where documents go to, as it is sealed and opened: e-mail addresses, and webhooks with their secrets.

addresses_in('["ann@example.org"]')                            ->  ["ann@example.org"]
addresses_in('{"email": "ann@example.org", "tax_id": "…"}')    ->  the same: the customer's details have an address
addresses_in("erased")                                         ->  []

An address has no spaces, quotes and control characters, so that none can say anything but itself in a header or a
command of SMTP. Before the @ it may have letters of any script (RFC 6531); after it, it is as DNS has it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Final, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StrictStr
from pydantic_core import PydanticCustomError

from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import SealedSecret

ADDRESSES_MAX: Final = 10
URL_LENGTH_MAX: Final = 500

_ATEXT: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LOCAL: Final = rf"{_ATEXT}(?:\.{_ATEXT})*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_BYTES_MAX: Final = 254
_LOCAL_BYTES_MAX: Final = 64
_SECRET: Final = r"^[!-~]{16,200}$"


class Webhook(NamedTuple):
    """Where a signed POST goes to, and the secret that signs it.

    The secret is sealed by itself, under a key of the webhook, before both are sealed under the account's: who may read
    what is personal, as the audit trail shows it, reads the address and no secret.
    """

    url: str
    secret: SealedSecret


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


def addresses_in(text: str) -> list[str]:
    """Every address of what was sealed that a mail can go to; none where the account's key is gone."""
    try:
        listed = json.loads(text)
    except ValueError:
        return []
    if not isinstance(listed, list):
        listed = [CustomerFields.from_text(text).email or ""]
    return [ascii_address for each in listed if is_address(ascii_address := _to_ascii(str(each)))]


def webhook_in(text: str) -> Webhook | None:
    """The webhook that was sealed; `None` where the account's key is gone."""
    try:
        found = json.loads(text)
        return Webhook(found["url"], SealedSecret(found["secret"]))
    except (ValueError, TypeError, KeyError):
        return None


def webhook_text(webhook: Webhook) -> str:
    return json.dumps(webhook._asdict())


def _to_ascii(address: str) -> str:
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


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or "@" in parts.netloc or not value.isascii() or not value.isprintable() or " " in value:
        raise PydanticCustomError("invalid", "an address https://host/path is expected, without user and password")
    return value


AddressText = Annotated[StrictStr, Field(max_length=254), AfterValidator(_address)]
UrlText = Annotated[StrictStr, Field(max_length=URL_LENGTH_MAX), AfterValidator(_url)]
SecretText = Annotated[StrictStr, Field(pattern=_SECRET, json_schema_extra={"format": "password", "writeOnly": True})]
