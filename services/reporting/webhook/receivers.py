"""Where receivers may stand: anywhere on the internet by https, and in the networks of one's own that a setting names.

    receivers = Receivers("10.20.0.0/16,127.0.0.0/8")
    receivers.check_url("http://10.20.3.4/hook")             # fine: there it may go without TLS, too
    receivers.check_url("https://192.168.1.1/")              # Rejection: address_refused

Whoever may set an address could otherwise have us ask what only we can reach. A name is looked up for every call, and
each address that it has is checked then.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult, urlsplit

from shared.http.outgoing import Address, Refused, check_address
from shared.kernel.errors import Rejection

URL_LENGTH_MAX: Final = 2000


class Receivers:
    """`networks` with commas between. Raises `ValueError` for what is no network."""

    def __init__(self, networks: str) -> None:
        self._networks = tuple(ipaddress.ip_network(part.strip()) for part in networks.split(",") if part.strip())

    def check(self, scheme: str) -> Callable[[str], Address]:
        """The check of an address that is about to be called by http or https. It raises `Refused`."""

        def checked(text: str) -> Address:
            address = check_address(text)
            if any(address in network for network in self._networks):
                return address
            if not address.is_global:
                raise Refused(f"{address} is in a private network; METERLOG_WEBHOOK_NETWORKS says which may be called")
            if scheme != "https":
                raise Refused(f"{address} is on the internet, where only https is called")
            return address

        return checked

    def check_url(self, url: str, *, pointer: str = "/url") -> None:
        """Raises `Rejection` for what can't be called, as far as can be told before its name is looked up."""
        parts = _parts(url, pointer)
        try:
            self.check(parts.scheme)(parts.hostname or "")
        except Refused as why:
            raise Rejection("address_refused", str(why), pointer=pointer) from why
        except ValueError:
            return  # a name


def host_of(url: str) -> str:
    """What of an address may be written down for ever: the rest often has a token in it.

    >>> host_of("https://hooks.example:8443/in?token=s3cr3t")
    'hooks.example:8443'
    """
    return urlsplit(url).netloc.rpartition("@")[2]


def _parts(url: str, pointer: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and not (parts.username or parts.password or parts.fragment)
            and url.isascii()
            and url.isprintable()
            and " " not in url
            and "\\" not in url
        )
    except ValueError:
        fine = False
    if not fine:
        detail = "an absolute address is expected, https://host/path, in ASCII, without a user, a password or a #"
        raise Rejection("invalid", detail, pointer=pointer)
    return parts
