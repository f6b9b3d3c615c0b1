"""RADIUS accounting requests as pyrad makes them: a client that shares no code with ours.

accounting_request("Interim-Update", "81", octets=(1000, 9000))      # b"\\x04…", signed with SECRET
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

SECRET: Final = b"s3cret"

_ATTRIBUTES: Final = """
ATTRIBUTE User-Name 1 string
ATTRIBUTE NAS-IP-Address 4 ipaddr
ATTRIBUTE NAS-Port 5 integer
ATTRIBUTE Framed-IP-Address 8 ipaddr
ATTRIBUTE Calling-Station-Id 31 string
ATTRIBUTE NAS-Identifier 32 string
ATTRIBUTE Proxy-State 33 octets
ATTRIBUTE Acct-Status-Type 40 integer
ATTRIBUTE Acct-Delay-Time 41 integer
ATTRIBUTE Acct-Input-Octets 42 integer
ATTRIBUTE Acct-Output-Octets 43 integer
ATTRIBUTE Acct-Session-Id 44 string
ATTRIBUTE Acct-Session-Time 46 integer
ATTRIBUTE Acct-Input-Gigawords 52 integer
ATTRIBUTE Acct-Output-Gigawords 53 integer
ATTRIBUTE Message-Authenticator 80 octets
ATTRIBUTE NAS-Port-Id 87 string
ATTRIBUTE Delegated-IPv6-Prefix 123 ipv6prefix
VALUE Acct-Status-Type Start 1
VALUE Acct-Status-Type Stop 2
VALUE Acct-Status-Type Interim-Update 3
VALUE Acct-Status-Type Accounting-On 7
VALUE Acct-Status-Type Accounting-Off 8
"""


def dictionary() -> Dictionary:
    return Dictionary(io.StringIO(_ATTRIBUTES))


_DICTIONARY: Final = dictionary()


def accounting_request(
    status: str,
    session: str | None,
    *,
    octets: tuple[int, int] = (0, 0),
    gigawords: tuple[int, int] = (0, 0),
    extra: Mapping[str, Any] | None = None,
    message_authenticator: bool = False,
    identifier: int = 42,
    secret: bytes = SECRET,
) -> bytes:
    """An Accounting-Request of user anna at port 7 of NAS 10.0.0.1; `extra` replaces and adds attributes."""
    request = AcctPacket(id=identifier, secret=secret, dict=_DICTIONARY)
    attributes: dict[str, Any] = {
        "User-Name": "anna",
        "NAS-IP-Address": "10.0.0.1",
        "NAS-Port": 7,
        "Acct-Status-Type": status,
        "Acct-Input-Octets": octets[0],
        "Acct-Output-Octets": octets[1],
        "Acct-Input-Gigawords": gigawords[0],
        "Acct-Output-Gigawords": gigawords[1],
        **({} if session is None else {"Acct-Session-Id": session}),
        **(extra or {}),
    }
    for name, value in attributes.items():
        request[name] = value
    if message_authenticator:
        request.add_message_authenticator()
    data: bytes = request.RequestPacket()
    return data
