"""Dedupe keys: the same for the same record (R23), in the order of ids that sort by time, spread over partitions."""

from __future__ import annotations

from collections import Counter

import pytest

from services.usage.formats.contract import ReportedRecord
from services.usage.record.admission import admit, home
from services.usage.record.messages import AdmittedRecord

UUID7 = "0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b"


def admitted(
    id: str | None = UUID7,
    *,
    source: str = "olt-12.par3",
    quantity: str = "7",
    started_at: str = "2026-11-23T01:00:00Z",
    place: str = "",
) -> AdmittedRecord:
    wire = ReportedRecord(
        source=source, resource="mac:00:1b", meter="data.octets", quantity=quantity, id=id, started_at=started_at
    )
    record = admit(wire, 1, place)
    assert isinstance(record, AdmittedRecord)
    return record


def test_the_key_is_source_id_and_day_and_nothing_else() -> None:
    key = admitted().dedupe_key
    assert len(key) == 16
    assert admitted(quantity="8", started_at="2026-11-23T23:59:59Z").dedupe_key == key
    for other in (
        admitted(source="olt-13"),
        admitted(UUID7[:-1] + "c"),
        admitted(started_at="2026-11-24T00:00:00Z"),
        admitted(None, place="reported/0/7#1"),
    ):
        assert other.dedupe_key != key


def test_keys_of_one_day_are_in_the_order_of_their_ids() -> None:
    times = range(0x0192F1C00000, 0x0192F1C00000 + 3_600_000, 60_000)
    keys = [admitted(f"{ms:012x}"[:8] + "-" + f"{ms:012x}"[8:] + UUID7[13:]).dedupe_key for ms in times]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "id",
    [
        "7",
        "cdr-2026-11-23-0000001",
        UUID7.upper(),
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",  # a UUID of version 4
        "0192f  0-7 1e-7c3a-9f0e-0c1d2e3f4a5b",  # almost a UUID
        "x" * 14 + "7" + "x" * 21,
        "\u0660" * 14 + "7" + "\u0660" * 21,  # digits, but of another script
    ],
)
def test_any_id_gives_sixteen_bytes_that_are_its_own(id: str) -> None:
    assert len(admitted(id).dedupe_key) == 16
    assert admitted(id).dedupe_key == admitted(id).dedupe_key != admitted(id, source="other").dedupe_key


@pytest.mark.parametrize("partitions", [4, 24, 48])
@pytest.mark.parametrize("name", [f"{UUID7[:-4]}{{:04x}}", "cdr-{}", "{}"])
def test_records_spread_evenly_whatever_their_ids_look_like(partitions: int, name: str) -> None:
    counts = Counter(home(admitted(name.format(n)), partitions) for n in range(100 * partitions))
    assert len(counts) == partitions
    assert max(counts.values()) < 160
