"""A signed POST, by Standard Webhooks: `webhook-id` is the delivery's id, by which the receiver knows a repetition.

    2xx          sent
    410          gone        the webhook is not called any more
    all others   deferred    redirects among them: they are no receipt

Which addresses are called is decided after the name is resolved, and that address is called, so that a name can't mean
another one a moment later. Link-local addresses are refused (169.254.169.254 and fe80::/10 are where clouds keep their
credentials), as is what is no address of one machine. Private ones are not: receivers often stand beside Meterlog.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from datetime import UTC, datetime
from functools import cache
from typing import Final

import httpx

from shared.http.webhook_signature import signed
from shared.mail.outcome import Outcome
from shared.mail.said import kept

TIMEOUT_S: Final = 15.0
_METADATA: Final = frozenset(
    ipaddress.ip_address(address)
    for address in ("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "192.0.0.192", "168.63.129.16")
)
"""Where clouds keep their credentials, beside the link-local addresses."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that is not called. The message says why."""


async def post(url: str, secret: str, message_id: str, body: bytes) -> Outcome:
    """Never raises: whatever a receiver of somebody else does is an outcome. Of the answer only the code is read."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            return _outcome(await _status(httpx.URL(url), secret, message_id, body))
    except TimeoutError:
        return Outcome("deferred", "timeout", "no answer in time")
    except Refused as why:
        return Outcome("failed", "address_refused", str(why))
    except (OSError, httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
        return Outcome("deferred", "no_connection", kept(f"{type(error).__name__}: {error}", secret))


def check_address(text: str) -> Address:
    """The address, where it may be called. Raises `Refused`."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = _embedded(address) or address
    if address in _METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        raise Refused(f"{address} is no address that a webhook may have")
    return address


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


async def _status(url: httpx.URL, secret: str, message_id: str, body: bytes) -> int:
    address = await _resolved(url)
    headers = {**signed(secret, message_id, body, datetime.now(UTC)), "host": url.netloc.decode("ascii")}
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False, verify=_tls()) as client:
        # The name is what the certificate has to be for.
        request = client.build_request(
            "POST",
            url.copy_with(host=str(address)),
            content=body,
            headers=headers,
            extensions={"sni_hostname": url.host},
        )
        answer = await client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code


@cache
def _tls() -> ssl.SSLContext:
    """The system's authorities, and what SSL_CERT_FILE names: receivers inside have certificates of their own."""
    return ssl.create_default_context()


async def _resolved(url: httpx.URL) -> Address:
    """Raises `Refused` where any of the addresses of the name may not be called."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    checked = [check_address(str(sockaddr[0])) for *_, sockaddr in found]
    if not checked:
        raise OSError("the name has no address")
    return checked[0]


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome("sent", str(status))
    return Outcome("gone" if status == 410 else "deferred", str(status))
