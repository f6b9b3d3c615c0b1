"""A line has one name, however equipment and operators write it; a prefix covers what begins with it."""

from __future__ import annotations

import doctest
import random
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

import pytest

from shared.kernel import resource_names
from shared.kernel.errors import Rejection
from shared.kernel.resource_names import (
    canonical,
    check_prefix,
    covering,
    covering_of_any_length,
    prefix_of,
    sort_key,
    sort_span,
    spellings,
)

SPELLINGS = [
    ("mac:00:1b:44:11:3a:b7", ["MAC:00-1B-44-11-3A-B7", "Mac:001B.4411.3aB7", "mac:001b44113AB7"]),
    (
        "ip:192.0.2.7",
        ["IP:192.0.2.7", "ip:192.0.2.7/32", "ip:::ffff:192.0.2.7", "ip:::FFFF:C000:0207"],
    ),
    (
        "ip:2001:db8::7",
        ["ip:2001:DB8::7", "ip:2001:0db8:0000:0000:0000:0000:0000:0007", "Ip:[2001:db8:0::0:7]"],
    ),
    ("ip:2001:db8::", ["ip:2001:db8:0:0:0:0:0.0.0.0", "ip:2001:DB8::0/128"]),
    ("ip:10.1.2.0/24", ["ip:10.1.2.0/255.255.255.0", "ip:10.1.2.0/024", "ip:::ffff:10.1.2.0/120"]),
    ("ip:2001:db8:7::/56", ["ip:2001:DB8:0007:0::/56", "IP:2001:db8:7:0:0:0:0:0/56"]),
    ("tel:431234567", ["tel:+43 1 234-567", "tel:00431234567", "TEL:+43(1)234.567", "tel:+43/1/234567"]),
    ("tel:4312*", ["tel:+4312*", "tel:+43-12*", "tel:004312*"]),
    ("tel:0612345678", ["tel:06 12 34 56 78"]),
]

AS_IT_IS = [
    *("user:Ann@ISP.example", "user:ann@isp.example", "USER:ann", "circuit:OLT-1/1/7", "ifindex:OLT-12/7"),
    *("subscription:S-1", "ip:010.1.2.3", "ip:10.1.2", "ip:10.1.2.5/24", "ip:fe80::1%eth0", "ip:2001:db8::/129"),
    *("ip:", "ip:/", "ip:1::2::3", "ip:\u0661\u0660.0.0.1", "tel:anonymous", "tel:*100", "tel:+43*1", "tel:", "tel:*"),
    *("tel:+", "tel:\u0661\u0662", "mac:00:1b"),
    *("10.0.0.1", "2001:DB8::1", "+43 1 234", "ip", ""),
]


@pytest.mark.parametrize(("name", "written"), [(name, one) for name, many in SPELLINGS for one in (name, *many)])
def test_every_spelling_of_an_address_or_a_number_is_one_name(name: str, written: str) -> None:
    assert canonical(written) == name
    assert canonical(canonical(written)) == name


@pytest.mark.parametrize("name", AS_IT_IS)
def test_any_other_name_stays_letter_by_letter(name: str) -> None:
    """Users too: RFC 2865 compares names byte by byte, and no rule of R24 says otherwise."""
    assert canonical(name) == name


@pytest.mark.parametrize("name", [name for name, _ in SPELLINGS])
def test_what_a_name_may_have_been_registered_as_has_that_name_now(name: str) -> None:
    first, *others = spellings(name)
    assert first == name
    assert {canonical(other) for other in others} <= {name}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ip:10.1.2.5/24", "host_bits_set"),
        ("ip:2001:db8::1/56", "host_bits_set"),
        ("ip:10.1.2.0/33", "invalid_prefix"),
        ("ip:2001:db8::/129", "invalid_prefix"),
        ("ip:10.1.2/24", "invalid_prefix"),
        ("ip:10.1.2.0/", "invalid_prefix"),
        ("ip:/24", "invalid_prefix"),
        ("tel:*", "invalid_prefix"),
        ("tel:+43x*", "invalid_prefix"),
        ("tel:+*", "invalid_prefix"),
    ],
)
def test_what_means_to_be_a_prefix_and_is_none_is_refused_by_name(written: str, code: str) -> None:
    with pytest.raises(Rejection) as refused:
        check_prefix(canonical(written))
    assert (refused.value.code, refused.value.pointer) == (code, "/id")


@pytest.mark.parametrize("name", ["ip:0.0.0.0/0", "ip:::/0", "ip:10.1.2.0/24", "ip:10.1.2.7", "tel:4*", "user:a/b*"])
def test_a_prefix_of_any_length_and_any_name_that_means_to_be_none_may_be_registered(name: str) -> None:
    check_prefix(canonical(name))


@pytest.mark.parametrize(
    ("kind", "network_of", "bits"), [(IPv4Address, IPv4Network, 32), (IPv6Address, IPv6Network, 128)]
)
def test_a_prefix_covers_what_the_standard_library_says_is_in_it(kind: Any, network_of: Any, bits: int) -> None:
    chance = random.Random(4711)
    for _ in range(200):
        address = kind(chance.getrandbits(bits))
        lengths = tuple(chance.sample(range(bits), 5))
        expected = [network_of((address, n), strict=False) for n in sorted(lengths, reverse=True)]
        assert covering(f"ip:{address}", lengths) == tuple(f"ip:{network}" for network in expected)
        for network in expected:
            low, high = sort_span(f"ip:{network}")
            assert low <= (sort_key(f"ip:{address}") or "") <= high
            outside = kind((int(network.broadcast_address) + 1) % 2**bits)
            assert outside in network or not low <= (sort_key(f"ip:{outside}") or "") <= high


def test_a_prefix_of_numbers_covers_those_that_begin_with_it_and_no_others() -> None:
    assert covering("tel:4312345", (3, 4, 7, 9)) == ("tel:4312345*", "tel:4312*", "tel:431*")
    assert covering("tel:4312*", (2, 4)) == ("tel:43*",)
    low, high = sort_span("tel:4312*")
    keys = {name: sort_key(f"tel:{name}") or "" for name in ("4312", "43129", "4311", "4313", "431")}
    assert [name for name, key in keys.items() if low <= key <= high] == ["4312", "43129"]


def test_a_shorter_prefix_covers_a_longer_one_and_none_covers_itself() -> None:
    assert covering("ip:10.1.2.0/24", (16, 24, 32)) == ("ip:10.1.0.0/16",)
    assert prefix_of("ip:10.1.2.0/24") == ("ip4", 24)
    assert prefix_of("ip:10.1.2.7") is None
    assert len(covering_of_any_length("ip:10.1.2.7")) == 32
    assert covering_of_any_length("user:ann") == ()


def test_the_examples_hold() -> None:
    assert doctest.testmod(resource_names).failed == 0
