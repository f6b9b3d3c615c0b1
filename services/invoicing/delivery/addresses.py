"""Where documents go to, as it is sealed and opened: e-mail addresses, and webhooks with their secrets.

addresses_in('["ann@example.org"]')                            ->  ["ann@example.org"]
addresses_in('{"email": "ann@example.org", "tax_id": "…"}')    ->  the same: the customer's details have an address
addresses_in("erased")                                         ->  []
"""

from __future__ import annotations

import json
from typing import Annotated, Final, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StrictStr
from pydantic_core import PydanticCustomError

from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import SealedSecret
from shared.mail.addresses import is_address, to_ascii

URL_LENGTH_MAX: Final = 500

_SECRET: Final = r"^[!-~]{16,200}$"


class Webhook(NamedTuple):
    """Where a signed POST goes to, and the secret that signs it.

    The secret is sealed by itself, under a key of the webhook, before both are sealed under the account's: who may read
    what is personal, as the audit trail shows it, reads the address and no secret.
    """

    url: str
    secret: SealedSecret


def addresses_in(text: str) -> list[str]:
    """Every address of what was sealed that a mail can go to; none where the account's key is gone."""
    try:
        listed = json.loads(text)
    except ValueError:
        return []
    if not isinstance(listed, list):
        listed = [CustomerFields.from_text(text).email or ""]
    return [ascii_address for each in listed if is_address(ascii_address := to_ascii(str(each)))]


def webhook_in(text: str) -> Webhook | None:
    """The webhook that was sealed; `None` where the account's key is gone."""
    try:
        found = json.loads(text)
        return Webhook(found["url"], SealedSecret(found["secret"]))
    except (ValueError, TypeError, KeyError):
        return None


def webhook_text(webhook: Webhook) -> str:
    return json.dumps(webhook._asdict())


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or "@" in parts.netloc or not value.isascii() or not value.isprintable() or " " in value:
        raise PydanticCustomError("invalid", "an address https://host/path is expected, without user and password")
    return value


UrlText = Annotated[StrictStr, Field(max_length=URL_LENGTH_MAX), AfterValidator(_url)]
SecretText = Annotated[StrictStr, Field(pattern=_SECRET, json_schema_extra={"format": "password", "writeOnly": True})]
