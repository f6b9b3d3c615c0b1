"""A POST to an address that somebody outside has chosen: of the answer its beginning is read, no redirect is followed,
and what the name means is checked before it is called.

    answer = await post("https://hooks.example/meterlog", headers, body, check=check_address, timeout_s=10)
    answer.status, answer.retry_after, answer.beginning        # 429, "30", "slow down"

Which addresses are called is decided after the name is resolved, and that address is called, so that a name can't mean
another one a moment later. Link-local addresses are always refused (169.254.169.254 and fe80::/10 are where clouds keep
their credentials), as is what is no address of one machine; who calls says what else is.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Final, NamedTuple

import httpx

_METADATA: Final = frozenset(
    ipaddress.ip_address(address)
    for address in ("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "192.0.0.192", "168.63.129.16")
)
"""Where clouds keep their credentials, beside the link-local addresses."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# Of an answer that says how it ended, no more than this is waited for to hear why.
_BEGINNING_S: Final = 1.0

FAULTS: Final = (OSError, httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError)
"""What `post` raises where there was no answer: nobody there, a certificate that is not good, no HTTP."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that is not called. The message says why."""


class Received(NamedTuple):
    """What a receiver answered; `beginning` are the first bytes of it, as text."""

    status: int
    retry_after: str | None
    beginning: str


def check_address(text: str) -> Address:
    """The address, where one may call it at all. Raises `Refused`."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = _embedded(address) or address
    if address in _METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        raise Refused(f"{address} is no address that a webhook may have")
    return address


async def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    check: Callable[[str], Address],
    timeout_s: float,
    beginning_bytes: int = 0,
) -> Received:
    """Raises `TimeoutError` where no status came in time, `Refused`, and one of `FAULTS`."""
    async with asyncio.timeout(timeout_s):
        target = httpx.URL(url)
        address = await _resolved(target, check)
        async with httpx.AsyncClient(
            timeout=timeout_s, follow_redirects=False, trust_env=False, verify=_tls()
        ) as client:
            # The name is what the certificate has to be for.
            request = client.build_request(
                "POST",
                target.copy_with(host=str(address)),
                content=body,
                headers={**headers, "host": target.netloc.decode("ascii")},
                extensions={"sni_hostname": target.host},
            )
            answer = await client.send(request, stream=True)
            try:
                beginning = await _beginning(answer, beginning_bytes)
            finally:
                await answer.aclose()
            return Received(answer.status_code, answer.headers.get("retry-after"), beginning)


async def _beginning(answer: httpx.Response, most: int) -> str:
    """The first bytes of the body, as they come: nothing is unpacked, and one that never ends is left."""
    found = b""
    if most:
        with suppress(TimeoutError, httpx.HTTPError):
            async with asyncio.timeout(_BEGINNING_S):
                async for chunk in answer.aiter_raw(most):
                    found += chunk
                    if len(found) >= most:
                        break
    return found[:most].decode("utf-8", errors="replace")


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


@cache
def _tls() -> ssl.SSLContext:
    """The system's authorities, and what SSL_CERT_FILE names: receivers inside have certificates of their own."""
    return ssl.create_default_context()


async def _resolved(url: httpx.URL, check: Callable[[str], Address]) -> Address:
    """Raises `Refused` where any of the addresses of the name may not be called."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    checked = [check(str(sockaddr[0])) for *_, sockaddr in found]
    if not checked:
        raise OSError("the name has no address")
    return checked[0]
