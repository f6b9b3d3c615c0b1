"""A MAC address is one resource, however equipment and operators write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.usage.record.admission import admit
from services.usage.record.messages import AdmittedRecord
from services.usage.resource.messages import ResourceAssigned, ResourceRegistered
from shared.kernel.resource_names import canonical, spellings
from tests.services.usage.story import command, counted, partition, record, wire

CANONICAL = "mac:00:1b:44:11:3a:b7"
SPELLINGS = [
    CANONICAL,
    "mac:00:1B:44:11:3A:B7",
    "MAC:00:1b:44:11:3a:b7",
    "mac:00-1B-44-11-3A-B7",
    "mac:001b.4411.3ab7",
    "mac:001B44113AB7",
]


def admitted(resource: str) -> AdmittedRecord:
    found = admit(wire(record(resource=resource)), 1, "")
    assert isinstance(found, AdmittedRecord)
    return found


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_the_same_resource_and_the_same_record(spelling: str) -> None:
    assert canonical(spelling) == CANONICAL
    assert admitted(spelling) == admitted(CANONICAL)


@pytest.mark.parametrize(
    "resource",
    [
        *(
            "mac:00:1B",
            "mac:00:1B:44:11:3A:B7:00",
            "mac:00-1B:44-11:3A-B7",
            "mac:001B.44113AB7",
            "mac:00:1G:44:11:3A:B7",
        ),
        *("ip:10.0.0.1", "ifindex:OLT-12/7", "subscription:Line-1", "001B44113AB7", "mac:\u0660\u0660:1b:44:11:3a:b7"),
    ],
)
def test_what_is_no_whole_address_stays_as_it_is(resource: str) -> None:
    assert canonical(resource) == admitted(resource).resource == resource
    assert spellings(resource) == (resource,)


def test_every_spelling_has_the_one_canonical_form() -> None:
    assert {canonical(spelling) for spelling in spellings(CANONICAL)} == {CANONICAL}
    assert set(spellings(CANONICAL)) == {spelling for spelling in SPELLINGS if spelling[0] == "m"} | {
        *("mac:00-1b-44-11-3a-b7", "mac:001B.4411.3AB7", "mac:001b44113ab7")
    }


@pytest.mark.parametrize("registered", SPELLINGS[:2] + SPELLINGS[3:])
def test_usage_is_guided_by_a_resource_that_was_registered_in_another_spelling(registered: str) -> None:
    """Logs from before there was one spelling hold such resources; nobody has to register them again."""
    spec = partition(partitions=1).given(
        ResourceRegistered(resource_id=registered),
        ResourceAssigned(
            resource_id=registered,
            account_id="acme",
            subscription_id="line-1",
            valid_from=datetime(2026, 9, 1, tzinfo=UTC),
        ),
    )
    for n, spelling in enumerate(SPELLINGS):
        spec.when(command(record(id=f"r{n}", resource=spelling)))
        assert [(r.account, r.resource) for r in counted(spec)] == [("acme", CANONICAL)]
