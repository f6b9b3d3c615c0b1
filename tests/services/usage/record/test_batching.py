"""Batching: commands within their bounds, records at their homes, and what is kept of those that are refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from services.usage.formats import formats, parse, shown, split
from services.usage.formats.contract import FORMAT, Problem, ReportedRecord, violation
from services.usage.record.admission import admit, home
from services.usage.record.batching import BYTES_MAX, RECORDS_MAX, CommandBatcher, commands_of
from services.usage.record.fields import compact as json_text
from services.usage.record.messages import POSITIONS_PER_MESSAGE, AdmittedRecord
from shared.kernel.message import encode
from tests.services.usage.formats.test_formats import as_json
from tests.services.usage.story import record, wire


def test_commands_stay_within_their_bounds_and_in_order_of_positions() -> None:
    batcher = CommandBatcher(partitions=3, reported_partition=1)
    for offset in range(40):
        for index in range(100):
            fields = record(id=f"{offset}-{index}", attributes={"note": "x" * (offset * 50)})
            batcher.add(wire(fields), offset * POSITIONS_PER_MESSAGE + index, "")
    positions: dict[int, list[int]] = {}
    for partition, command in batcher.commands():
        assert len(command.records) <= RECORDS_MAX
        assert len(encode(command)) <= BYTES_MAX * 1.05
        for reported in command.records:
            assert home(reported, 3) == partition
            positions.setdefault(partition, []).append(reported.position)
    assert sum(map(len, positions.values())) == 4000
    assert all(at == sorted(at) for at in positions.values())


def _batcher(reported: int, records: int, *, partitions: int = 3) -> CommandBatcher:
    batcher = CommandBatcher(partitions=partitions, reported_partition=reported)
    for index in range(records):
        assert batcher.add(wire(record(id=f"{reported}-{index}")), index, "") is None
    return batcher


def test_few_records_of_many_reported_partitions_share_a_command() -> None:
    commands = list(commands_of([_batcher(reported, 30) for reported in range(8)]))
    assert sorted(target for target, _ in commands) == [0, 1, 2]
    for target, command in commands:
        assert command.reported_partition == -1
        for partition, places in command.reported:
            mine = command.records[places]
            assert {found.id.split("-")[0] for found in mine} == {str(partition)}
            assert [found.position for found in mine] == sorted(found.position for found in mine)
            assert all(home(found, 3) == target for found in mine)
    assert sum(command.records.count for _, command in commands) == 240


def test_a_shared_command_stays_within_its_bounds_and_positions_rise() -> None:
    commands = [command for _, command in commands_of([_batcher(n, 2500, partitions=1) for n in range(5)])]
    assert [command.records.count for command in commands] == [2500] * 5
    small = [command for _, command in commands_of([_batcher(n, 5500, partitions=1) for n in range(4)])]
    assert [command.records.count for command in small] == [4000] * 4 + [3000] * 2
    last: dict[int, int] = {}
    for command in small:
        for partition, places in command.reported:
            assert command.records.position[places.start] > last.get(partition, -1)
            last[partition] = command.records.position[places.stop - 1]
    assert last == dict.fromkeys(range(4), 5499)


def test_what_was_refused_keeps_the_command_of_its_positions() -> None:
    (problem,) = parse(as_json(record(quantity=7)), {})
    assert isinstance(problem, Problem)
    odd = _batcher(0, 5, partitions=1)
    odd.refuse(problem, None, 5, "reported/0/0#5")
    commands = [command for _, command in commands_of([odd, *(_batcher(n, 5, partitions=1) for n in (1, 2))])]
    assert [(command.reported_partition, command.reported_counts) for command in commands] == [
        (0, []),
        (-1, [(1, 5), (2, 5)]),
    ]
    assert [len(command.refused) for command in commands] == [1, 0]


def test_a_counter_lives_with_its_other_readings_and_a_delta_with_its_identity() -> None:
    def partition(**fields: Any) -> int:
        admitted = admit(wire(record(**fields)), 0, "")
        assert isinstance(admitted, AdmittedRecord)
        return home(admitted, 64)

    counter = {"kind": "counter", "counter_bits": 64, "boot_id": "b"}
    assert len({partition(id=str(n), **counter) for n in range(20)}) == 1
    assert len({partition(id=str(n)) for n in range(20)}) > 10
    assert partition(resource="mac:a") == partition(resource="mac:b")


def test_a_malformed_record_keeps_what_could_be_read_of_it() -> None:
    batcher = CommandBatcher(partitions=4, reported_partition=2)
    (problem,) = parse(as_json(record(quantity=7, resource="mac:\u0000")), {})
    assert isinstance(problem, Problem)
    batcher.refuse(problem, None, 5, "reported/2/0#5")
    ((partition, command),) = batcher.commands()
    ((position, aside),) = command.refused
    assert (partition, position) == (1, 5)
    assert (aside.state, aside.reason, aside.source, aside.id, aside.resource) == (
        "malformed",
        "malformed",
        "olt-12",
        "r1",
        None,
    )
    assert aside.started_at is not None
    assert aside.raw is not None
    assert json.loads(aside.raw)["quantity"] == 7


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_record_that_is_refused_for_its_bounds_is_found_by_its_source_and_id_in_every_format(name: str) -> None:
    """Whatever says them: JSON, a column, a header of the message, or a packet."""
    read = 0
    for example in formats()[name].examples:
        headers = {FORMAT: name, **example.headers}
        pieces = split(example.body, headers)
        for n, piece in enumerate(parse(example.body, headers)):
            if isinstance(piece, ReportedRecord):
                read += 1
                batcher = CommandBatcher(partitions=4)
                problem = violation("out of bounds", "", shown(pieces[n], headers))
                batcher.refuse(problem, piece, 0, "reported/2/0#0")
                ((_, command),) = batcher.commands()
                ((_, aside),) = command.refused
                assert (aside.source, aside.id) == (piece.source, piece.id or "reported/2/0#0"), example
                assert aside.meter == piece.meter and aside.raw
    assert read


@pytest.mark.parametrize("sent", [b"\x04\xfe\x00\x14\xff", b"\x04\x01\x00\x14"])
def test_of_what_is_no_text_the_very_bytes_can_be_read_back(sent: bytes) -> None:
    """A RADIUS packet or a 3GPP record that is well formed and out of bounds."""
    batcher = CommandBatcher(partitions=4)
    batcher.refuse(violation("out of bounds", "", msgspec.Raw(sent)), None, 0, "reported/2/0#0")
    ((_, command),) = batcher.commands()
    ((_, aside),) = command.refused
    assert aside.raw == "0x" + sent.hex()


def test_a_cloud_event_that_is_refused_for_its_bounds_is_shown_with_its_envelope() -> None:
    headers = {"ce_specversion": "1.0", "ce_source": "olt-12", "ce_id": "7", "ce_time": "9999-12-31T23:59:59Z"}
    assert json.loads(json_text(shown(b'{"quantity": "07"}', headers))) == {
        **{name[3:]: value for name, value in headers.items()},
        "data": {"quantity": "07"},
    }
