"""docs/examples/follow_invoices.py takes each invoice once, however often it is delivered, and stops at a gap."""

from __future__ import annotations

import importlib.util
import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.kernel.envelope import Envelope, to_headers
from tests.contracts.catalogues import DOCS, SAMPLES

ISSUED = "invoicing.InvoiceIssued.v1"
SAMPLE = (SAMPLES / f"{ISSUED}.json").read_bytes()


def _example() -> Any:
    spec = importlib.util.spec_from_file_location("follow_invoices", DOCS / "examples" / "follow_invoices.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLE = _example()


@pytest.fixture
def follower() -> Any:
    return EXAMPLE.Follower(sqlite3.connect(":memory:"))


def headers(seq: int, *, partition: int = 3, event: str = ISSUED) -> list[tuple[str, bytes]]:
    return to_headers(
        Envelope(
            env="local",
            service="invoicing",
            partition=partition,
            type=event,
            recorded_at=datetime(2026, 10, 2, tzinfo=UTC),
            subject="acc-1042",
            seq=seq,
        )
    )


def invoices(follower: Any) -> list[tuple[str, str]]:
    return list(follower.database.execute("select number, total from invoice order by id"))


def test_an_invoice_is_taken_once_however_often_it_comes(follower: Any) -> None:
    assert [follower.take(headers(1), SAMPLE, 0) for _ in range(3)] == [True, False, False]
    assert invoices(follower) == [("INV-000042", "39.48")]


def test_other_events_are_counted_and_passed_over(follower: Any) -> None:
    follower.take(headers(1, event="invoicing.InvoiceDrafted.v1"), b"{}", 0)
    follower.take(headers(2), SAMPLE, 2)
    assert invoices(follower) == [("INV-000042", "39.48")]
    assert follower.next_offset("/local/invoicing/3") == 3


def test_a_gap_stops_the_follower(follower: Any) -> None:
    follower.take(headers(1), SAMPLE, 0)
    with pytest.raises(EXAMPLE.Gap, match="from 1 to 3"):
        follower.take(headers(3), SAMPLE, 7)
    assert follower.next_offset("/local/invoicing/3") == 1


def test_partitions_are_numbered_on_their_own(follower: Any) -> None:
    follower.take(headers(1, partition=0), SAMPLE, 0)
    assert follower.take(headers(1, partition=1), SAMPLE, 0)
