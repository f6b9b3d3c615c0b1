"""The tables depend on the events alone: how they were cut into batches leaves no trace."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.payments.payer_entity.messages import PayerEntityNoted
from services.rating.spend_alert.messages import SuspensionAsked
from services.rating.subscription.messages import PlanChanged
from services.rating.usage_retraction.messages import RetractedSum, RetractionRated
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from services.usage.resource.messages import AssignmentsEnded, ResourceAssigned, ResourceReassigned
from services.usage.retraction.messages import RetractedItem, UsageRetracted
from services.usage.session.messages import SessionReading
from services.usage.source.messages import SourceDefined, SourceTerms
from services.usage.undecodable.messages import UndecodableBytes, UndecodableReported, UndecodableResolved
from shared.engine.service import Applied
from shared.kernel.outcome import CommandFaulted, CommandRejected, InputCrashedAgain, InputDiscarded, InputRequeued
from shared.kernel.period import Period
from tests.services.reporting.corrections import (
    approvals,
    credit_spent,
    credit_taken,
    credited,
    debited,
    delivery_of,
    voided,
    withdrawn,
)
from tests.services.reporting.dunned import dunned, dunned_by, restricted
from tests.services.reporting.given_up import written_off
from tests.services.reporting.journal.test_journal import exported, german
from tests.services.reporting.limited import limited
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    OCTOBER,
    account_opened,
    allocated,
    carried_forward,
    carried_line,
    charge_fixed,
    drafted,
    issued,
    line,
    locked,
    paid,
    parked,
    plan_published,
    profile_opened,
    rated,
    receivable,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers


def plan_changed(account: str = "acc-1", line: str = "line-1") -> PlanChanged:
    return PlanChanged(
        subscription_id=line,
        account_id=account,
        change_id="change-1",
        effective_on=date(2026, 9, 16),
        plan_id="home",
        plan_before="home",
    )


async def tell_the_story(stage: Stage) -> None:
    """A bit of everything, each event in a batch of its own."""
    rejected = CommandRejected(command_type="rating.OpenAccount.v1", subject="acc-1", code="account_exists", detail="!")
    faulted = CommandFaulted(
        command_type="rating.OpenAccount.v1",
        subject="acc-1",
        error="!",
        topic="rating.commands",
        offset=7,
        payload="{}",
    )
    usage = UsageRecorded(
        records=RecordedColumns.of([record("a"), record("b"), record("x", account=None, reason="unknown_resource")]),
        set_aside=[SetAside("duplicate", "olt", "a"), SetAside("malformed", "", "", reason="malformed")],
    )
    for event in plan_published():
        await stage.tell("rating.events", event, partition=0)
    for event in (account_opened(), subscription_started(), plan_changed(), rejected, faulted):
        await stage.tell("rating.events", event)
    for event in (usage, UsageReturned(seq=1, items=[(1, "too_late")])):
        await stage.tell("usage.events", event, partition=3)
    held = ResourceAssigned(
        resource_id="mac:00:1b:44:11:3a:b7",
        account_id="acc-1",
        subscription_id="line-1",
        valid_from=datetime(2026, 9, 1, tzinfo=UTC),
    )
    part = ResourceReassigned(
        resource_id=held.resource_id,
        retraction_id="r2",
        valid_from=datetime(2026, 9, 10, tzinfo=UTC),
        valid_to=datetime(2026, 9, 20, tzinfo=UTC),
    )
    whose = {"resource_id": held.resource_id, "account_id": "acc-1", "subscription_id": "line-1"}
    for event in (held, part, AssignmentsEnded(**whose, ends_at=datetime(2027, 9, 1, tzinfo=UTC))):
        await stage.tell("usage.events", event, partition=3)
    watched = SourceDefined(source_id="olt", terms=SourceTerms(silent_after_s=900))
    await stage.tell("usage.events", watched, partition=0)
    reading = SessionReading("5F3A", "interim", "7000000", 1, 0, None, None, 0, "7000000", None)
    session = UsageRecorded(records=RecordedColumns.of([record("s")]), sessions={0: reading})
    # What was parked is recycled here, and given up there.
    again = UsageRecorded(records=RecordedColumns.of([record("x")]), recycled={0: (1, 2)})
    more = UsageRecorded(records=RecordedColumns.of([record("y", account=None, reason="unknown_resource")]))
    for event in (session, again, more):
        await stage.tell("usage.events", event, partition=3)
    asked = SuspensionAsked(
        alert_id="cap-1",
        account_id="acc-1",
        period=Period(date(2026, 9, 1), date(2026, 10, 1)),
        threshold=Decimal("50.00"),
        amount=Decimal("50.20"),
        currency="EUR",
    )
    await stage.tell("rating.events", asked)
    for event in (rated(3, 1), rated(3, 5, n=2, not_billable=((0, "no_price", "acc-1"),)), charge_fixed()):
        await stage.tell("rating.events", event)
    # Usage that came after its period was closed, and the charge that settles it.
    for event in (rated(3, 9, n=4, late=True), charge_fixed("ch-2", billing_period=OCTOBER)):
        await stage.tell("rating.events", event)
    # A message cut because of a bug, one slice of which is taken again while another still waits.
    for event in (
        rated(3, 6, n=3, indexes=()),
        parked(3, 6, 0, 1),
        parked(3, 7, 2),
        rated(3, 6, indexes=(0,), part=True),
        InputRequeued(seq=11, subject="acc-1"),
        parked(3, 8, 0),
        InputDiscarded(seq=15, subject="acc-1", reason="not ours"),
        InputCrashedAgain(seq=12, subject="acc-1", error="haunted", attempts=2),
    ):
        await stage.tell("rating.events", event)
    # A record that was charged is retracted: the next close credits it.
    retracted = UsageRetracted(retraction_id="r1", items=[RetractedItem(1, 0)], reason="bad_file")
    await stage.tell("usage.events", retracted, partition=3)
    credit = RetractedSum(
        *("acc-1", "line-1", "data.octets", "home", 1, date(2026, 9, 1), date(2026, 9, 10)),
        *(5, [0], "credited", OCTOBER.start),
    )
    await stage.tell("rating.events", RetractionRated(source=3, seq=20, places=[(1, 0)], sums=[credit]))
    buried = [UndecodableBytes(5 * 16_384, 17, 4, "not UTF-8"), UndecodableBytes(6 * 16_384, 18, 9, "not JSON")]
    for event in (
        UndecodableReported(reported_partition=3, items=buried),
        UndecodableResolved(seq=3, item=1, status="discarded", reason="noise"),
    ):
        await stage.tell("usage.events", event, partition=3)
    for event in (profile_opened(), *drafted(), locked(), issued()):
        await stage.tell("invoicing.events", event)
    for event in (receivable(), paid(), allocated(), paid("p2"), allocated("p2", amount="4.88", open_="0.00")):
        await stage.tell("payments.events", event)
    # It is credited in full, which pays another invoice, and issued anew; a third one is void.
    second = (*drafted("inv-2"), locked("inv-2"), issued("inv-2", number="INV-000002"))
    for event in (*delivery_of("email", "deferred", "sent"), *delivery_of("webhook", "gone")):
        await stage.tell("invoicing.events", event)
    for event in (*credited(), *approvals("inv-1b"), *second, *voided("inv-2"), *debited()):
        await stage.tell("invoicing.events", event)
    for event in (credit_taken(), receivable("inv-2", number="INV-000002"), credit_spent()):
        await stage.tell("payments.events", event)
    for event in (receivable("inv-4", number="INV-000004"), withdrawn("inv-4")):
        await stage.tell("payments.events", event)
    # A draft that is carried into another one, which waits; a chart of accounts, and an export of the journal.
    waits = carried_forward("inv-6", "inv-7", lines=(line(),), carried=carried_line(2, "12.40", "inv-6"))
    for event in (*drafted("inv-6"), *waits):
        await stage.tell("invoicing.events", event)
    for event in (german(), exported(1, "2026-09-01", 20)):
        await stage.tell("payments.events", event, partition=0)
    lost = (written_off("inv-5", "10.00", open_="4.88"), written_off("inv-5", "4.88", rounding=True))
    for event in (receivable("inv-5", number="INV-000005"), *dunned(), *limited(), *lost):
        await stage.tell("payments.events", event)
    for event in dunned_by():
        await stage.tell("payments.events", event, partition=0)
    await stage.tell("rating.events", restricted())
    await stage.tell("payments.events", PayerEntityNoted(account_id="acc-1", legal_entity="nl"))


async def contents(stage: Stage) -> dict[str, list[str]]:
    """Every table of the projection, row by row as text, in an order that tells nothing."""
    names = await stage.pool.fetch(
        "select tablename from pg_tables where schemaname = 'live'"
        " and tablename not in ('state', 'due', 'command_result') order by 1"
    )
    tables = {}
    for name in (row["tablename"] for row in names):
        rows = await stage.pool.fetch(f'select t::text as row from "{name}" t')
        tables[name] = sorted(row["row"] for row in rows)
    return tables


async def test_one_batch_per_topic_gives_the_rows_that_one_per_event_gives(stage: Stage) -> None:
    await tell_the_story(stage)
    one_by_one = await contents(stage)
    assert [name for name in one_by_one if not one_by_one[name] and name != "cycle_row"] == []

    await stage.pool.execute(f"truncate {', '.join(one_by_one)}")
    at_once: dict[tuple[str, int], list[Applied]] = defaultdict(list)
    for topic, partition, applied in stage.told:
        at_once[topic, partition].append(applied)
    for (topic, partition), batch in reversed(at_once.items()):
        await stage.apply(topic, partition, batch)
    assert await contents(stage) == one_by_one


async def test_every_row_is_written_by_one_partition_and_by_no_clock(stage: Stage) -> None:
    """No column of a projected table has a default that draws a number or reads a clock, and each names its writer."""
    columns: list[Any] = await stage.pool.fetch(
        "select c.table_name, c.column_name, c.column_default, c.is_identity from information_schema.columns c"
        " join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name"
        " where c.table_schema = 'live'"
    )
    assert [row["column_name"] for row in columns if row["is_identity"] == "YES"] == []
    defaults = {row["column_default"] for row in columns if row["column_default"]}
    assert not [default for default in defaults if "(" in default], defaults
    tables = {row["table_name"] for row in columns}
    assert tables == {row["table_name"] for row in columns if row["column_name"] == "partition"}


async def test_hot_events_stay_out_of_the_audit_trail(stage: Stage) -> None:
    await tell_the_story(stage)
    types = {row["type"] for row in await stage.pool.fetch("select distinct type from audit_event")}
    assert "rating.CommandRejected.v1" in types
    assert not types & {"usage.UsageRecorded.v2", "rating.UsageRated.v2"}
