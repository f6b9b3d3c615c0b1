"""What is put aside can be read again: of an earlier version's message a part is written, and named, in the newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from services.invoicing.service import SERVICE as INVOICING
from services.payments.service import SERVICE as PAYMENTS
from services.rating.rated_usage.messages import UsageRated
from services.rating.service import SERVICE as RATING
from services.usage.events import GUIDED
from services.usage.record.messages import GuidedRecord, GuidedUsage, GuidedUsageV1
from shared.engine.incoming import Incoming
from shared.engine.input_handler import InputHandler
from shared.kernel.dead_letters import as_bytes
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.message import encode

ENVELOPE = Envelope(
    env="test",
    service="usage",
    partition=3,
    type="usage.GuidedUsage.v1",
    recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
    subject="",
    seq=7,
)
OLD = GuidedUsageV1(source=3, n=7, seq=9, records=[GuidedRecord(0, "acc-1", "sub-1", "m", 1, 2, 3)])


def incoming(message: GuidedUsage, *, cut: bool) -> Incoming:
    record: Any = SimpleNamespace(partition=1, offset=5, headers=to_headers(ENVELOPE), value=encode(OLD))
    return Incoming("usage.guided", record, ENVELOPE, message, cut=cut)


def test_a_part_of_an_earlier_version_is_named_by_the_version_it_is_written_in() -> None:
    part = OLD.upcast()
    parked = incoming(part, cut=True).parked("acc-1", "boom")
    read = from_headers((name, value.encode()) for name, value in parked.headers.items())
    assert parked.type == read.type == "usage.GuidedUsage.v2"
    assert GUIDED.decode(read.type, as_bytes(parked.payload, parked.payload_base64)) == part


def test_a_whole_message_of_an_earlier_version_is_kept_as_it_came() -> None:
    parked = incoming(OLD.upcast(), cut=False).parked("acc-1", "boom")
    assert parked.type == parked.headers["ce_type"] == "usage.GuidedUsage.v1"
    assert as_bytes(parked.payload, parked.payload_base64) == encode(OLD)


def test_an_event_in_batches_from_which_nothing_follows_is_passed_by() -> None:
    """Usage that is rated is nothing to who charges it: that comes as one event a line when the period closes."""
    for service in (INVOICING, PAYMENTS):
        assert service.passed_by == {"rating.UsageRated.v1", "rating.UsageRated.v2"}


def test_who_follows_the_newest_version_reads_all() -> None:
    read = replace(INVOICING, followed=frozenset({UsageRated}))
    assert read.passed_by == frozenset()


def test_who_does_not_say_what_it_follows_reads_all() -> None:
    assert RATING.passed_by == frozenset()


async def test_what_is_passed_by_is_handed_to_nobody() -> None:
    nobody: Any = None
    record: Any = SimpleNamespace(partition=1, offset=5, headers=[], value=b"no message at all")
    handler = InputHandler(INVOICING, 1, env="test", state=nobody, checkpoints=nobody, outbox=nobody)
    await handler.take(nobody, nobody, Incoming("rating.events", record, ENVELOPE, None, passed_by=True))
    with pytest.raises(AttributeError):
        await handler.take(nobody, nobody, Incoming("rating.events", record, ENVELOPE, None))
