"""Usage of an address is that of its own assignment, else of the longest prefix assigned at that time (R19)."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from ipaddress import IPv4Address, ip_network

import pytest

from services.usage.quarantine.messages import RecallUsage, RecycleResource, UsageRecalled
from services.usage.quarantine.state import ParkedPage, ParkedRecord
from services.usage.record.messages import RecordedUsage
from services.usage.resource.messages import (
    AssignResource,
    NotePrefixLength,
    PrefixLengthNoted,
    RegisterResource,
    ResourceAssigned,
    ResourceRegistered,
)
from services.usage.resource.state import LENGTHS, PrefixLengths
from shared.kernel.decider import Due
from shared.kernel.message import Event
from shared.kernel.resource_names import canonical, prefix_of
from tests.kit.decider import Specification
from tests.services.usage.story import assigned, command, counted, partition, record

ONE = 1_795_395_600_000_000
"""One o'clock of 23 November 2026, in microseconds."""


def held(*names: str) -> list[Event]:
    """Each registered, and assigned from September on to an account that is called as its place here."""
    events: list[Event] = []
    for n, name in enumerate(names):
        found = canonical(name)
        prefix = prefix_of(found)
        events += [ResourceRegistered(resource_id=found), assigned(found, f"acc-{n}", f"sub-{n}")]
        events += (
            [] if prefix is None else [PrefixLengthNoted(family=prefix.family, length=prefix.length, resource_id=found)]
        )
    return events


def guided(spec: Specification, resource: str, **fields: object) -> tuple[str | None, str | None]:
    """Whose a record of the resource is, or why it is nobody's."""
    spec.when(command(record(id=f"r{spec.next_seq}", resource=resource, **fields)))
    (found,) = counted(spec)
    return found.account, found.reason


@pytest.mark.parametrize(
    ("resource", "account"),
    [
        ("ip:10.1.2.7", "acc-2"),
        ("ip:10.1.2.8", "acc-1"),
        ("ip:::ffff:10.1.2.8", "acc-1"),
        ("ip:10.1.3.1", "acc-0"),
        ("ip:2001:db8:7:8::1", "acc-3"),
        ("ip:2001:DB8:7:99FF::/64", None),
        ("ip:2001:db8:7:f::/64", "acc-3"),
        ("ip:2001:db8:7:0100::1", None),
        ("ip:11.0.0.1", None),
        ("tel:+43 1 2345", "acc-4"),
        ("tel:00431999", "acc-5"),
        ("tel:+49 1 2345", None),
        ("mac:00:1b:44:11:3a:b7", None),
        ("user:10.1.2.7", None),
    ],
)
def test_the_longest_prefix_wins_and_an_exact_assignment_over_all_r19(resource: str, account: str | None) -> None:
    names = ("ip:10.1.0.0/16", "ip:10.1.2.0/24", "ip:10.1.2.7", "ip:2001:db8:7::/56", "tel:+4312*", "tel:+431*")
    reason = None if account is not None else "unknown_resource"
    assert guided(partition().given(*held(*names)), resource) == (account, reason)


def test_it_is_whose_the_prefix_was_when_the_address_was_used() -> None:
    spec = partition().given(
        *held("ip:10.0.0.0/8"),
        ResourceRegistered(resource_id="ip:10.1.2.0/24"),
        PrefixLengthNoted(family="ip4", length=24, resource_id="ip:10.1.2.0/24"),
        ResourceAssigned(
            resource_id="ip:10.1.2.0/24",
            account_id="eve",
            subscription_id="sub-e",
            valid_from=datetime(2026, 11, 10, tzinfo=UTC),
            valid_to=datetime(2026, 11, 20, tzinfo=UTC),
        ),
    )
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-09T23:59:59.999999Z") == ("acc-0", None)
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-10T00:00:00Z") == ("eve", None)
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-19T23:59:59.999999Z") == ("eve", None)
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-20T00:00:00Z") == ("acc-0", None)


def test_an_address_whose_own_assignment_has_ended_belongs_to_its_prefix_again() -> None:
    ended = ResourceAssigned(
        resource_id="ip:10.1.2.7",
        account_id="eve",
        subscription_id="sub-e",
        valid_from=datetime(2026, 11, 1, tzinfo=UTC),
        valid_to=datetime(2026, 11, 10, tzinfo=UTC),
    )
    spec = partition().given(*held("ip:10.1.2.0/24"), ResourceRegistered(resource_id="ip:10.1.2.7"), ended)
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-05T00:00:00Z") == ("eve", None)
    assert guided(spec, "ip:10.1.2.7", started_at="2026-11-10T00:00:00Z") == ("acc-0", None)


def test_any_set_of_prefixes_guides_as_looking_at_each_of_them_does_r19() -> None:
    chance = random.Random(2026)
    for _ in range(30):
        networks = {
            ip_network((chance.choice((0x0A01_0200, 0x0A01_0000)) >> 32 - length << 32 - length, length))
            for length in chance.sample(range(8, 33), chance.randint(1, 6))
        }
        names = [canonical(f"ip:{network}") for network in networks]
        spec = partition().given(*held(*names))
        for _ in range(8):
            address = IPv4Address(0x0A01_0000 + chance.randrange(0x400))
            covers = [(network.prefixlen, n) for n, network in enumerate(networks) if address in network]
            account = f"acc-{max(covers)[1]}" if covers else None
            assert guided(spec, f"ip:{address}")[0] == account, (address, networks)


class Asking:
    """A view that counts what is asked of it."""

    def __init__(self, spec: Specification) -> None:
        self.asked: list[str] = []
        self._state = spec.state
        get, get_many = spec.state.get, spec.state.get_many

        def counted_get(kind, key):  # type: ignore[no-untyped-def]
            self.asked.append(kind.__name__)
            return get(kind, key)

        def counted_get_many(kind, keys):  # type: ignore[no-untyped-def]
            self.asked.append(f"{kind.__name__}s")
            return get_many(kind, keys)

        spec.state.get, spec.state.get_many = counted_get, counted_get_many  # type: ignore[method-assign]


def test_a_command_asks_once_for_the_prefixes_of_all_its_records() -> None:
    spec = partition(partitions=1).given(*held("ip:10.0.0.0/8", "ip:10.1.2.0/24"))
    asking = Asking(spec)
    spec.when(command(*(record(id=f"r{n}", resource=f"ip:10.1.{n // 200}.{n % 200}") for n in range(600))))
    assert {r.account for r in counted(spec)} == {"acc-0", "acc-1"}
    # The lines themselves, by columns and then record by record, and their prefixes.
    assert asking.asked.count("Resources") <= 3


def test_a_line_with_an_assignment_of_its_own_asks_for_no_prefix() -> None:
    spec = partition(partitions=1).given(*held("ip:10.0.0.0/8", "ip:10.1.2.7"))
    asking = Asking(spec)
    spec.when(command(record(resource="ip:10.1.2.7")))
    assert counted(spec)[0].account == "acc-1"
    assert "PrefixLengths" not in asking.asked


def test_a_prefix_that_is_registered_tells_everybody_its_length_once() -> None:
    spec = partition().when(RegisterResource(resource_id="ip:10.1.2.0/24"))
    (sent,) = spec.sends
    assert (sent.message, sent.to) == (NotePrefixLength(family="ip4", length=24, resource_id="ip:10.1.2.0/24"), "usage")
    spec.when(NotePrefixLength(family="ip4", length=24, resource_id="ip:10.1.2.0/24")).then(
        PrefixLengthNoted(family="ip4", length=24, resource_id="ip:10.1.2.0/24")
    )
    spec.when(NotePrefixLength(family="ip4", length=24, resource_id="ip:10.1.2.0/24")).then_nothing()
    assert spec.get(PrefixLengths, LENGTHS) == PrefixLengths(lengths={"ip4": (24,)})
    assert spec.when(RegisterResource(resource_id="ip:10.1.3.0/24")).sends == []
    assert spec.when(RegisterResource(resource_id="ip:10.1.3.7")).sends == []


def test_what_was_parked_before_a_length_was_known_everywhere_comes_back_once_it_is() -> None:
    prefix = "ip:10.1.2.0/24"
    spec = partition().given(PrefixLengthNoted(family="ip4", length=24, resource_id=prefix))
    due = spec.get(Due, f"recall {prefix}")
    assert due is not None and due.command_type == "usage.RecallUsage.v1"
    spec.when(RecallUsage(resource_id=prefix)).then(UsageRecalled(resource_id=prefix, partitions=4))
    assert spec.get(Due, f"recall {prefix}") is None


def test_a_prefix_registered_before_prefixes_were_looked_for_tells_its_length_when_it_is_assigned() -> None:
    subscribed = [ResourceRegistered(resource_id="subscription:sub-1"), assigned("subscription:sub-1")]
    spec = partition().given(ResourceRegistered(resource_id="ip:2001:db8:7::/56"), *subscribed)
    spec.when(
        AssignResource(
            resource_id="ip:2001:db8:7::/56",
            account_id="acme",
            subscription_id="sub-1",
            valid_from=datetime(2026, 9, 1, tzinfo=UTC),
        )
    )
    assert NotePrefixLength(family="ip6", length=56, resource_id="ip:2001:db8:7::/56") in [
        send.message for send in spec.sends
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [("ip:10.1.2.5/24", "host_bits_set"), ("ip:10.1.2.0/40", "invalid_prefix"), ("ip:10.1.2.0/24", "resource_exists")],
)
def test_a_prefix_that_is_none_or_is_there_already_is_refused(written: str, code: str) -> None:
    spec = partition().given(*held("ip:10.1.2.0/24"))
    spec.when(RegisterResource(resource_id=canonical(written))).then_refused(code, pointer="/id")


def test_an_assigned_prefix_brings_back_what_is_parked_of_the_addresses_in_it() -> None:
    """Even where its length has not been heard of in this partition yet."""
    prefix = "ip:10.1.2.0/24"
    spec = partition().given(ResourceRegistered(resource_id=prefix), assigned(prefix))
    page = ParkedPage(name=f"0#0 {prefix}", places=((7, 0), (7, 1)))
    inside, outside = (
        ParkedRecord(
            name=f"7#{n}",
            reason="unknown_resource",
            record=RecordedUsage("olt-12", f"r{n}", name, "data.octets", "delta", 7, ONE, ONE, b"", b""),
        )
        for n, name in enumerate(("ip:10.1.2.9", "ip:10.1.3.9"))
    )
    for state in (page, inside, outside):
        spec.state.keep({type(state): {state.key: state}})
    spec.when(RecycleResource(resource_id=prefix))
    assert [(r.id, r.account, r.detail) for r in counted(spec)] == [("r0", "acme", "recycled")]
