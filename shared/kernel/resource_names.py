"""Names of lines in one form, since equipment writes the same address in many; and what a prefix of them covers.

    mac:00-1B-44-11-3A-B7            ->  mac:00:1b:44:11:3a:b7
    ip:2001:0DB8:0:0:0:0:0:7         ->  ip:2001:db8::7               RFC 5952
    ip:::ffff:192.0.2.7              ->  ip:192.0.2.7                 an IPv4 address in IPv6's dress
    ip:10.1.2.0/255.255.255.0        ->  ip:10.1.2.0/24               a prefix
    tel:+43 1 234-567                ->  tel:431234567                digits of E.164, as calls are rated by (R19)
    tel:+4312*                       ->  tel:4312*                    a prefix
    user:Ann@ISP.example             ->  as it is: RADIUS tells users apart by case

What is no whole address or number stays letter by letter, as does any other name.

    >>> covering("ip:10.1.2.7", (16, 24)), covering("tel:431234567", (2, 4))
    (('ip:10.1.2.0/24', 'ip:10.1.0.0/16'), ('tel:4312*', 'tel:43*'))
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Literal, NamedTuple

from shared.kernel import mac
from shared.kernel.errors import Rejection

Family = Literal["ip4", "ip6", "tel"]
"""What has prefixes."""

LENGTHS: Final = {"ip4": 32, "ip6": 128, "tel": 40}
"""How long an address or a number of a family is at most: bits, or digits."""

_IP: Final = "ip:"
_TEL: Final = "tel:"
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_SEPARATORS: Final = str.maketrans("", "", " -.()/")
_DIGITS: Final = re.compile(r"[0-9]{1,40}", re.ASCII)
# No country code begins with 0, so 00 is how one dials out of a country.
_DIALLED: Final = re.compile(r"00[1-9]", re.ASCII)
_ABOVE_ALL: Final = "~"
"""Sorts behind every digit and letter."""


class Prefix(NamedTuple):
    """A prefix's family and its length in bits, or digits."""

    family: Family
    length: int


# A line reports every few minutes: its name is asked for again and again.
@lru_cache(maxsize=65_536)
def canonical(resource: str) -> str:
    """The resource in its one form; a name that has none, and what is no whole address, as it is."""
    scheme, _, text = resource.partition(":")
    match scheme.lower():
        case "mac":
            return mac.canonical(mac.PREFIX + text) if mac.is_address(text) else resource
        case "ip":
            found = _address(text)
            return resource if found is None else _IP + found
        case "tel":
            number = _number(text)
            return resource if number is None else _TEL + number
        case _:
            return resource


def spellings(resource: str) -> tuple[str, ...]:
    """Ways to write a canonical name that it may have been registered in before there was one form, itself first."""
    if resource.startswith(mac.PREFIX):
        return mac.spellings(resource)
    if resource.startswith(_TEL) and _DIGITS.fullmatch(resource, len(_TEL)):
        digits = resource[len(_TEL) :]
        others = () if digits[0] == "0" else (f"{_TEL}+{digits}", f"{_TEL}00{digits}")
        return (resource, *others)
    if resource.startswith(_IP) and ":" in resource[len(_IP) :] and "/" not in resource:
        found = _parsed(resource[len(_IP) :])
        if isinstance(found, IPv6Address):
            short, long = found.compressed, found.exploded
            return tuple(dict.fromkeys(_IP + text for text in (short, short.upper(), long, long.upper())))
    return (resource,)


def family_of(resource: str) -> Family | None:
    """Of a canonical name that prefixes may cover; `None` for any other."""
    if resource.startswith(_IP):
        found = _parsed(resource[len(_IP) :])
        return None if found is None else "ip4" if found.version == 4 else "ip6"
    if resource.startswith(_TEL):
        return "tel" if _DIGITS.fullmatch(resource.removesuffix("*"), len(_TEL)) else None
    return None


def prefix_of(resource: str) -> Prefix | None:
    """What a canonical name is a prefix of; `None` for one that is none."""
    if resource.startswith(_TEL):
        is_prefix = resource.endswith("*") and family_of(resource) is not None
        return Prefix("tel", len(resource) - len(_TEL) - 1) if is_prefix else None
    found = _parsed(resource[len(_IP) :]) if resource.startswith(_IP) and "/" in resource else None
    if not isinstance(found, IPv4Network | IPv6Network):
        return None
    return Prefix("ip4" if found.version == 4 else "ip6", found.prefixlen)


def check_prefix(resource: str) -> None:
    """Refuse a canonical name that means to be a prefix and is none: `invalid_prefix`, or `host_bits_set`."""
    if resource.startswith(_TEL) and resource.endswith("*"):
        if prefix_of(resource) is None:
            detail = "a prefix of numbers is digits and a *, such as tel:+4312*"
            raise Rejection("invalid_prefix", detail, pointer="/id")
    elif resource.startswith(_IP) and "/" in resource and prefix_of(resource) is None:
        text = resource[len(_IP) :]
        try:
            network = ip_network(text, strict=False)
        except ValueError as error:
            detail = f"a prefix is written as ip:10.1.2.0/24 or ip:2001:db8::/56, not {text[:60]!r}"
            raise Rejection("invalid_prefix", detail, pointer="/id") from error
        address = text.partition("/")[0]
        detail = f"{text} has bits set behind its length; the prefix is ip:{network}, the address ip:{address}"
        raise Rejection("host_bits_set", detail, pointer="/id")


@lru_cache(maxsize=65_536)
def covering(resource: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    """The prefixes of these lengths that cover a canonical name of a family, the longest first; not itself."""
    longest_first = sorted(lengths, reverse=True)
    if resource.startswith(_TEL):
        digits = resource[len(_TEL) :].removesuffix("*")
        whole = len(digits) - resource.endswith("*")
        return tuple(f"{_TEL}{digits[:length]}*" for length in longest_first if 0 < length <= whole)
    found = _parsed(resource[len(_IP) :])
    if found is None:
        return ()
    network = found if isinstance(found, IPv4Network | IPv6Network) else ip_network(found)
    own, bits = network.prefixlen, network.max_prefixlen
    number, kind = int(network.network_address), type(network.network_address)
    return tuple(
        f"{_IP}{kind(number >> bits - length << bits - length)}/{length}" for length in longest_first if length < own
    )


def covering_of_any_length(resource: str) -> tuple[str, ...]:
    """Every prefix that could cover a canonical name, the longest first; of a name without a family none."""
    family = family_of(resource)
    return () if family is None else covering(resource, tuple(range(LENGTHS[family] + 1)))


@lru_cache(maxsize=65_536)
def sort_key(resource: str) -> str | None:
    """What canonical addresses and numbers are sorted by so that what a prefix covers stands together (`sort_span`).

    >>> sort_key("ip:10.1.2.7"), sort_key("tel:431234567"), sort_key("mac:00:1b")
    ('ip4:0a010207', 'tel:431234567', None)
    """
    family = family_of(resource)
    if family == "tel":
        return resource.removesuffix("*")
    found = None if family is None else _parsed(resource[len(_IP) :])
    if found is None:
        return None
    first = found.network_address if isinstance(found, IPv4Network | IPv6Network) else found
    return f"{family}:{first.packed.hex()}"


def sort_span(prefix: str) -> tuple[str, str]:
    """The first and the last sort key, both included, of what a canonical prefix covers.

    >>> sort_span("ip:10.1.2.0/24"), sort_span("tel:4312*")
    (('ip4:0a010200', 'ip4:0a0102ff'), ('tel:4312', 'tel:4312~'))
    """
    if prefix.startswith(_TEL):
        first = prefix.removesuffix("*")
        return first, first + _ABOVE_ALL
    found = _parsed(prefix[len(_IP) :])
    assert isinstance(found, IPv4Network | IPv6Network), prefix
    family = f"ip{found.version}"
    return f"{family}:{found.network_address.packed.hex()}", f"{family}:{found.broadcast_address.packed.hex()}"


def _address(text: str) -> str | None:
    """An address or a prefix, as RFC 5952 and RFC 4632 write it; a prefix of one address is that address."""
    found = _parsed(text.removeprefix("[").removesuffix("]") if text[:1] == "[" and text[-1:] == "]" else text)
    if found is None:
        return None
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or found)
    if isinstance(found, IPv6Network) and found.subnet_of(_MAPPED):
        found = IPv4Network((int(found.network_address) & 0xFFFF_FFFF, found.prefixlen - 96))
    if isinstance(found, IPv4Network | IPv6Network) and found.prefixlen == found.max_prefixlen:
        found = found.network_address
    return str(found)


def _parsed(text: str) -> IPv4Address | IPv6Address | IPv4Network | IPv6Network | None:
    """A scope (`fe80::1%eth0`) is of one device's interfaces, and so no address of a line."""
    if "%" in text:
        return None
    try:
        return ip_network(text) if "/" in text else ip_address(text)
    except ValueError:
        return None


def _number(text: str) -> str | None:
    plain = text.translate(_SEPARATORS)
    end = "*" if plain.endswith("*") else ""
    digits = plain.removesuffix("*")
    if digits.startswith("+"):
        digits = digits[1:]
    elif _DIALLED.match(digits):
        digits = digits[2:]
    return digits + end if _DIGITS.fullmatch(digits) else None
