"""Whose RADIUS packets are taken: the sources that have addresses and a secret.

sources.replace([{"id": "bras-1", "addresses": ["10.0.0.1/32"], "secret": "s3cret", "line": "user", "signed": false}])
sources.of("10.0.0.1")        # the source whose longest prefix fits; None: nobody's
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.usage.processes.radius_exchange import RadiusSource

_REMEMBERED_MAX: Final = 50_000

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class RadiusSources:
    def __init__(self) -> None:
        self._hosts: dict[str, RadiusSource] = {}
        self._networks: list[tuple[_Network, RadiusSource]] = []
        self._remembered: dict[str, RadiusSource | None] = {}

    def of(self, address: str) -> RadiusSource | None:
        """The source that an address belongs to."""
        found = self._hosts.get(address)
        if found is not None or not self._networks:
            return found
        if address not in self._remembered:
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            self._remembered[address] = self._in_a_network(address)
        return self._remembered[address]

    def replace(self, known: Sequence[Mapping[str, Any]]) -> None:
        """These and no others, from now on."""
        hosts: dict[str, RadiusSource] = {}
        networks: list[tuple[_Network, RadiusSource]] = []
        for each in known:
            source = RadiusSource(each["id"], each["secret"].encode(), each["line"], each["signed"])
            for network in map(ipaddress.ip_network, each["addresses"]):
                if network.num_addresses == 1:
                    hosts[str(network.network_address)] = source
                else:
                    networks.append((network, source))
        networks.sort(key=lambda found: -found[0].prefixlen)
        self._hosts, self._networks, self._remembered = hosts, networks, {}

    def _in_a_network(self, address: str) -> RadiusSource | None:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return None
        return next((source for network, source in self._networks if found in network), None)
