"""From an event along its chain, and what it changed, as the log alone says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from services.rating.account.messages import AccountDetailsChanged
from services.reporting.audit.difference import Said, against, known_of
from shared.kernel.sealed import Sealed
from tests.services.reporting.audit.test_events import publish
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    charge_fixed,
    drafted,
    issued,
    locked,
    paid,
    plan_published,
    profile_opened,
    receivable,
    subscription_started,
)

OPENED = Said("rating/1/1", "AccountOpened", {"name": "Ann", "currency": "EUR", "reason": "new"})


def compared(*earlier: Said, now: Said) -> dict[str, tuple[Any, Any, bool | None, str | None]]:
    fields, _ = against(known_of(earlier), now)
    return {field.field: (field.before, field.after, field.is_different, field.said_by) for field in fields}


def test_a_field_is_compared_with_what_the_log_said_last_and_names_who_said_it() -> None:
    renamed = Said("rating/1/5", "AccountDetailsChanged", {"name": "Ann Lee"})
    now = Said("rating/1/9", "AccountDetailsChanged", {"name": "Ann Roe", "currency": "EUR"})
    assert compared(OPENED, renamed, now=now) == {
        "name": ("Ann Lee", "Ann Roe", True, "rating/1/5"),
        "currency": ("EUR", "EUR", False, "rating/1/1"),
    }


def test_what_was_never_said_before_is_new_and_null_is_something_that_was_said() -> None:
    fields, _ = against(known_of([Said("a/1/1", "XOpened", {"b": None})]), Said("a/1/2", "XChanged", {"a": 1, "b": 2}))
    assert [(field.field, field.before, field.is_known) for field in fields] == [("a", None, False), ("b", None, True)]


def test_the_amounts_of_two_allocations_are_facts_and_no_change() -> None:
    first = Said("payments/1/2", "PaymentAllocated", {"amount": "10.00", "invoice_id": "inv-1"})
    fields, facts = against(
        known_of([Said("payments/1/1", "PaymentRecorded", {"amount": "30.00"}), first]),
        Said("payments/1/3", "PaymentAllocated", {"amount": "10.00", "invoice_id": "inv-2"}),
    )
    assert facts == {"amount": "10.00"}
    assert [(field.field, field.before, field.after) for field in fields] == [("invoice_id", "inv-1", "inv-2")]


def test_whether_what_is_sealed_is_different_is_not_told() -> None:
    sealed = Said("rating/1/1", "AccountOpened", {"name": "sealed"})
    assert compared(sealed, now=Said("rating/1/2", "AccountDetailsChanged", {"name": "sealed"}))["name"][2] is None


@pytest.fixture
async def told(stage: Stage) -> Stage:
    """A charge, an invoice with two lines, a payment of it."""
    await stage.tell("rating.events", *plan_published(), partition=0)
    await stage.tell("rating.events", account_opened(), subscription_started(), charge_fixed("ch-1", "12.40"))
    await stage.tell("invoicing.events", profile_opened(), *drafted(), locked(), issued())
    await stage.tell("payments.events", receivable(), paid(), allocated())
    return stage


@pytest.mark.servers
@pytest.mark.parametrize("start", ["rating/1/3", "invoicing/1/5", "payments/1/2", "payments/1/3"])
async def test_from_any_event_the_chain_goes_from_the_charge_to_the_payment(told: Stage, start: str) -> None:
    chain = await told.read(f"/v1/events/{start}/chain", role="auditor")
    assert chain["event"]["id"] == start
    seen = {part["stage"]: [item["id"] for item in part["items"]] for part in chain["stages"]}
    assert seen["charges"] == ["ch-1"]
    assert seen["invoices"] == ["inv-1"]
    assert seen["lines"][0] == "inv-1#1"
    assert seen["payments"] == ["pay-1"]
    assert len(seen["allocations"]) == 1
    events = {part["stage"]: part["items"][0]["event_id"] for part in chain["stages"] if part["items"]}
    assert (events["charges"], events["payments"]) == ("rating/1/3", "payments/1/2")
    one = await told.read(f"/v1/events/{start}/chain", role="auditor", stage="invoices", page=2, size=1)
    assert one["stages"] == [{"stage": "invoices", "items": [], "total": 1, "next_page": None}]


@pytest.mark.servers
async def test_what_caused_an_event_and_what_followed_is_in_its_chain(told: Stage) -> None:
    await told.pool.execute("update audit_event set causation_id = 'rating/1/3' where id = 'invoicing/1/2'")
    await told.pool.execute("update audit_event set causation_id = 'invoicing/1/2' where id = 'invoicing/1/5'")
    chain = await told.read("/v1/events/invoicing/1/2/chain")
    assert [event["id"] for event in chain["causes"]] == ["rating/1/3"]
    assert [event["id"] for event in chain["effects"]] == ["invoicing/1/5"]
    # A cause that cites itself, or a circle, ends.
    await told.pool.execute("update audit_event set causation_id = 'invoicing/1/5' where id = 'rating/1/3'")
    assert len((await told.read("/v1/events/invoicing/1/2/chain"))["effects"]) <= 200


@pytest.mark.servers
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("rating/9/9/chain", 404),
        ("rating/1/3/chain?stage=nothing", 422),
        ("rating/1/3/chain?page=0", 422),
        ("usage/1/1%23x/chain", 404),
        ("usage/1/1%231/chain", 404),
        ("nonsense/difference", 404),
        ("identity/0/99/difference", 404),
        ("identity/0/x/difference", 404),
    ],
)
async def test_a_chain_of_what_is_not_there_is_refused(stage: Stage, path: str, status: int) -> None:
    assert (await stage.get(f"/v1/events/{path}")).status_code == status


@pytest.mark.servers
async def test_the_difference_of_an_event_shows_names_to_those_who_may_see_them(stage: Stage) -> None:
    ann, lee = [Sealed(await stage.vault.seal("acc-1", name)) for name in ("Ann", "Ann Lee")]
    await stage.tell("rating.events", account_opened(name=ann))
    opened = stage.told[0][2].event
    changed = msgspec.convert(
        {"account_id": "acc-1", "name": lee, "version": 2, "changed": ["name"]}, AccountDetailsChanged
    )
    assert opened.account_id == changed.account_id
    await stage.tell("rating.events", changed, at=stage.clock.at + timedelta(minutes=1))
    await publish(stage)
    seen = {}
    for role in ("admin", "auditor"):
        answer = await stage.read("/v1/events/rating/1/2/difference", role=role)
        field = next(field for field in answer["fields"] if field["field"] == "name")
        seen[role] = (field["before"], field["after"], field["is_different"])
        assert (answer["earlier"], answer["is_complete"]) == (1, True)
    assert seen == {"admin": ("Ann", "Ann Lee", True), "auditor": ("sealed", "sealed", None)}


@pytest.mark.servers
async def test_no_more_events_are_counted_than_the_page_says(stage: Stage) -> None:
    await stage.pool.execute(
        """
        insert into audit_event (topic, partition, seq, log_offset, id, type, aggregate_id, version, recorded_at)
        select 'rating.events', 9, n, n, 'rating/9/' || n, 'rating.X.v1', 'x', 1, now() from generate_series(1, 10050) n
        """
    )
    page = await stage.read("/v1/events", type="rating.X.v1", limit=1)
    assert (page["total"], page["total_is_minimum"], len(page["items"])) == (10_000, True, 1)
    assert (await stage.read("/v1/events", type="rating.Y.v1"))["total_is_minimum"] is False
