"""Resources are registered once, and belong to one subscription at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.usage.resource.messages import (
    AssignmentGuided,
    AssignmentsEnded,
    AssignResource,
    EndAssignments,
    PrefixLengthNoted,
    RegisterResource,
    ResourceAssigned,
    ResourceRegistered,
)
from services.usage.resource.state import Resource
from tests.services.usage.story import MAC, NOON, assigned, partition, with_line

NOON_MICROS = int(NOON.timestamp()) * 1_000_000
SEPTEMBER = datetime.fromisoformat("2026-09-01T00:00:00+00:00")


def assign(**fields: object) -> AssignResource:
    given = {"resource_id": MAC, "account_id": "acme", "subscription_id": "sub-1", "valid_from": SEPTEMBER, **fields}
    return AssignResource(**given)  # type: ignore[arg-type]


def subscribed(subscription: str = "sub-1", account: str = "acme") -> list[ResourceRegistered | ResourceAssigned]:
    name = f"subscription:{subscription}"
    return [ResourceRegistered(resource_id=name), assigned(name, account, subscription)]


def test_a_resource_is_registered_once() -> None:
    partition().when(RegisterResource(resource_id=MAC)).then(ResourceRegistered(resource_id=MAC))
    with_line().when(RegisterResource(resource_id=MAC)).then_refused("resource_exists", pointer="/id")


def test_an_assignment_names_a_subscription_that_is_known_and_its_account() -> None:
    registered = partition().given(ResourceRegistered(resource_id=MAC))
    registered.when(assign()).then_refused("unknown_aggregate", pointer="/subscription_id")
    registered.given(*subscribed()).when(assign(account_id="bolt")).then_refused("wrong_account", pointer="/account_id")
    registered.when(assign()).then(assigned())


def test_an_unknown_resource_is_not_assigned_unless_rating_registers_it() -> None:
    partition().when(assign()).then_refused("unknown_aggregate")
    spec = partition().when(assign(resource_id="subscription:sub-1", register=True))
    assert spec.events == subscribed()


def test_an_assignment_asked_for_again_changes_nothing() -> None:
    spec = partition().given(*subscribed())
    spec.when(assign(resource_id="subscription:sub-1", register=True)).then_nothing()


def test_an_open_ended_assignment_ends_where_the_next_begins() -> None:
    spec = with_line().given(*subscribed("sub-9", "bolt"))
    spec.when(assign(account_id="bolt", subscription_id="sub-9", valid_from=NOON))
    resource = spec.get(Resource, MAC)
    assert resource is not None
    acme, bolt = resource.assignments
    assert (acme.account, acme.valid_to, bolt.valid_to) == ("acme", bolt.valid_from, None)


def test_assignments_do_not_overlap() -> None:
    spec = with_line().given(*subscribed("sub-9", "bolt"))
    bolt = {"account_id": "bolt", "subscription_id": "sub-9"}
    spec.when(assign(**bolt)).then_refused("assignment_overlap", pointer="/from")
    spec.when(assign(**bolt, valid_from=SEPTEMBER - timedelta(days=1))).then_refused("assignment_overlap")
    spec.when(assign(**bolt, valid_to=SEPTEMBER)).then_refused("invalid_period", pointer="/to")
    spec.when(assign(**bolt, valid_from=SEPTEMBER - timedelta(days=1), valid_to=SEPTEMBER))
    assert [type(e) for e in spec.events] == [ResourceAssigned]


@pytest.mark.parametrize(
    ("since", "to", "refused"),
    [
        (NOON, None, False),
        (NOON - timedelta(minutes=5), None, False),
        (NOON - timedelta(minutes=6), None, True),
        (SEPTEMBER + timedelta(days=1), None, True),
        (NOON + timedelta(days=1), None, False),
        (SEPTEMBER - timedelta(days=9), SEPTEMBER, False),
    ],
)
def test_time_that_is_over_is_not_taken_from_another_line(since: datetime, to: datetime | None, refused: bool) -> None:
    """Its usage was counted there: a bill would be wrong, and nobody would know."""
    spec = with_line().given(*subscribed("sub-9", "bolt"))
    spec.when(assign(account_id="bolt", subscription_id="sub-9", valid_from=since, valid_to=to))
    if refused:
        spec.then_refused("reassigned_in_past", pointer="/from")
    else:
        assert [type(event) for event in spec.events] == [ResourceAssigned]


def test_an_address_is_not_taken_from_the_line_of_its_prefix_in_the_past_either() -> None:
    prefix, address = "ip:10.1.2.0/24", "ip:10.1.2.7"
    spec = partition().given(
        ResourceRegistered(resource_id=prefix),
        PrefixLengthNoted(family="ip4", length=24, resource_id=prefix),
        assigned(prefix),
        ResourceRegistered(resource_id=address),
        *subscribed("sub-9", "bolt"),
        *subscribed(),
    )
    bolt = {"resource_id": address, "account_id": "bolt", "subscription_id": "sub-9"}
    spec.when(assign(**bolt, valid_from=SEPTEMBER)).then_refused("reassigned_in_past", pointer="/from")
    spec.when(assign(**bolt, valid_from=SEPTEMBER - timedelta(days=1), valid_to=SEPTEMBER))
    assert [type(event) for event in spec.events] == [ResourceAssigned]
    spec.when(assign(**bolt, valid_from=NOON))
    assert [type(event) for event in spec.events] == [ResourceAssigned]
    # The line of the prefix itself may have it by its own name as well.
    same = partition().given(*subscribed(), ResourceRegistered(resource_id=prefix), assigned(prefix))
    same.given(PrefixLengthNoted(family="ip4", length=24, resource_id=prefix), ResourceRegistered(resource_id=address))
    same.when(assign(resource_id=address, valid_from=SEPTEMBER))
    assert [type(event) for event in same.events] == [ResourceAssigned]


def test_rating_is_told_whose_a_resource_is_and_when_that_ends() -> None:
    spec = with_line().given(*subscribed("sub-9", "bolt"))
    spec.when(assign(account_id="bolt", subscription_id="sub-9", valid_from=NOON))
    told = [send.message for send in spec.sends if isinstance(send.message, AssignmentGuided)]
    assert [(one.account_id, one.subscription_id, one.valid_from, one.valid_to) for one in told] == [
        ("acme", "sub-1", SEPTEMBER, NOON),
        ("bolt", "sub-9", NOON, None),
    ]
    assert [one.key for one in told] == ["acme", "bolt"]


def test_rating_knows_by_itself_whose_the_name_of_a_subscription_is() -> None:
    spec = partition().when(assign(resource_id="subscription:sub-1", register=True))
    assert [send for send in spec.sends if isinstance(send.message, AssignmentGuided)] == []


def test_what_a_subscription_has_ends_with_it_and_comes_back_when_it_does_not_end() -> None:
    spec = with_line().given(*subscribed("sub-9", "bolt"))
    end = EndAssignments(resource_id=MAC, account_id="acme", subscription_id="sub-1", ends_at=NOON)
    spec.when(end).then(AssignmentsEnded(resource_id=MAC, account_id="acme", subscription_id="sub-1", ends_at=NOON))
    spec.when(end).then_nothing()
    resource = spec.get(Resource, MAC)
    assert resource is not None and [one.until for one in resource.assignments] == [NOON_MICROS]
    later = NOON + timedelta(hours=1)
    spec.when(assign(account_id="bolt", subscription_id="sub-9", valid_from=later))
    assert next(type(event) for event in spec.events) is ResourceAssigned
    spec.when(EndAssignments(resource_id=MAC, account_id="acme", subscription_id="sub-1"))
    resource = spec.get(Resource, MAC)
    assert resource is not None
    assert [one.until for one in resource.assignments] == [NOON_MICROS + 3_600_000_000, None]


def test_an_end_of_what_it_has_nothing_of_changes_nothing() -> None:
    partition().when(
        EndAssignments(resource_id="mac:nobody", account_id="acme", subscription_id="sub-1", ends_at=NOON)
    ).then_nothing()
    with_line().when(
        EndAssignments(resource_id=MAC, account_id="bolt", subscription_id="sub-9", ends_at=NOON)
    ).then_nothing()
