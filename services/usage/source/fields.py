"""What may be said of a source in a body: addresses in one spelling, a secret that is never shown again.

"10.0.0.7/24"   ->   refused: host bits are set; write 10.0.0.0/24
"10.0.0.1"      ->   "10.0.0.1/32"
"""

from __future__ import annotations

import ipaddress
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, StrictBool, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from shared.kernel.bodies import Body, PrintableText

ADDRESSES_MAX: Final = 64
SECRET_LENGTH_MAX: Final = 128
SILENT_AFTER_S_MAX: Final = 30 * 86_400


def parse_network(value: str) -> str:
    """An address or a network as `address/prefix`, in the standard spelling. Raises `ValueError` with the reason."""
    try:
        return str(ipaddress.ip_network(value))
    except ValueError as error:
        reason = f"an address such as 10.0.0.1 or a network such as 10.0.0.0/24 is expected: {error}"
        raise PydanticCustomError("invalid", "{reason}", {"reason": reason}) from error


def _checked_secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not 1 <= len(text) <= SECRET_LENGTH_MAX or not (text.isascii() and text.isprintable()):
        reason = f"a secret has 1 to {SECRET_LENGTH_MAX} printable ASCII characters"
        raise PydanticCustomError("invalid", "{reason}", {"reason": reason})
    return value


Network = Annotated[StrictStr, Field(max_length=80), AfterValidator(parse_network)]
Secret = Annotated[SecretStr, AfterValidator(_checked_secret)]
SilentAfter = Annotated[StrictInt, Field(ge=1, le=SILENT_AFTER_S_MAX)]
Line = Literal["user", "mac", "ip", "circuit"]


class SourceChange(Body):
    """All that is said of a source.

    `addresses` and `secret` are for RADIUS accounting: packets from there, signed with it. `line` is what in a packet
    names the customer's line: User-Name, Calling-Station-Id, Framed-IP-Address or NAS-Port-Id. `signed` drops packets
    without a Message-Authenticator. A source that is quiet for `silent_after_s` seconds asks for attention.
    """

    name: Annotated[PrintableText, Field(min_length=1, max_length=100)] | None = None
    addresses: Annotated[list[Network], Field(max_length=ADDRESSES_MAX)] = []
    secret: Secret | None = None
    line: Line = "user"
    signed: StrictBool = False
    silent_after_s: SilentAfter | None = None


class SourceBody(SourceChange):
    """A source, called as its records call it."""

    id: Annotated[PrintableText, Field(min_length=1, max_length=255)]
