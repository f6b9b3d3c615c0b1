"""Which addresses are lines of ours, as the header `usage-lines` says: networks with commas between.

>>> ours = LinesOfOurs.of("203.0.113.0/24, 2001:db8::/32")
>>> ours.resource("203.0.113.7"), ours.resource("2001:0DB8::0001"), ours.resource("198.51.100.1")
('ip:203.0.113.7', 'ip:2001:db8::1', None)

Without the header every address is one.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, NamedTuple

NETWORKS_MAX: Final = 1000


class NoAddress(ValueError):
    """The text is no address, or no network."""


class LinesOfOurs(NamedTuple):
    """`networks` is `None` where every address counts."""

    networks: tuple[IPv4Network | IPv6Network, ...] | None

    @staticmethod
    @lru_cache(maxsize=64)
    def of(header: str | None) -> LinesOfOurs:
        """Raises `NoAddress`."""
        if header is None:
            return LinesOfOurs(None)
        texts = [text.strip() for text in header.split(",", NETWORKS_MAX)]
        try:
            return LinesOfOurs(tuple(ip_network(text) for text in texts if text))
        except ValueError as error:
            raise NoAddress(f"usage-lines holds networks such as 203.0.113.0/24: {error}") from error

    def resource(self, address: str) -> str | None:
        """The resource of an address; `None` where it is none of ours. Raises `NoAddress`."""
        try:
            found = ip_address(address)
        except ValueError as error:
            raise NoAddress(str(error)) from error
        if self.networks is None or any(found in network for network in self.networks):
            return f"ip:{found}"
        return None
