"""`meterlog agent`: this machine's readings are good counter records."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import psutil
import pytest

from meterlog.cli.agent import UnknownInterface, boot_id, octets_now, reading
from services.usage.formats import parse
from services.usage.formats.contract import ReportedRecord
from services.usage.record.admission import admit
from services.usage.record.messages import AdmittedRecord


def test_a_reading_is_admitted_as_a_64_bit_counter() -> None:
    at = datetime(2026, 11, 23, 12, 0, 5, 250_000, tzinfo=UTC)
    sent = reading("ifindex:here/all", "here", boot_id(), octets_now(None), at)
    (item,) = parse(json.dumps(sent).encode(), {})
    assert isinstance(item, ReportedRecord)
    admitted = admit(item, 0, "")
    assert isinstance(admitted, AdmittedRecord)
    assert admitted.cumulative == [64, boot_id(), None]
    assert admitted.started_at == int(at.timestamp() * 1_000_000)


def test_readings_never_fall_and_the_boot_stays_the_same() -> None:
    readings = [octets_now(None) for _ in range(3)]
    assert readings == sorted(readings)
    assert boot_id() == boot_id()


def test_an_interface_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UnknownInterface, match="nonesuch0"):
        octets_now(["nonesuch0"])
    some = next(iter(psutil.net_io_counters(pernic=True)))
    assert octets_now([some]) >= 0
