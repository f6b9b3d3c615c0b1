"""A quantity in another unit is what it is in the unit of its meter, exactly, or it is refused by name."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from services.usage.formats.contract import Problem
from services.usage.formats.parsing.field_checks import checked_record
from services.usage.meter.messages import MeterDefined
from services.usage.meter.units import UNITS, CannotConvert, in_unit
from services.usage.quarantine.messages import RecycleUsage
from services.usage.quarantine.returnable import ReturnableRecord
from services.usage.quarantine.state import ParkedRecord
from services.usage.record.admission import admit, admit_in_unit
from services.usage.record.messages import AdmittedRecord, UsageRecorded
from tests.kit.decider import Specification
from tests.services.usage.story import aside, command, counted, record, wire, with_line

MICRO = 1_000_000


def problem(**fields: object) -> Problem:
    found = admit_in_unit(wire(record(**fields)), 1, "")
    assert isinstance(found, Problem), found
    return found


def metered(unit: str = "GB", **changes: object) -> Specification:
    return with_line(**changes).given(MeterDefined(meter_id="cdn", unit=unit, aggregation="sum", name="Delivery"))


@pytest.mark.parametrize(
    ("said", "unit", "meter", "counted_as"),
    [
        ("70", "MB", "data.octets", "70000000"),
        ("1.5", "KiB", "data.octets", "1536"),
        ("1", "GB", "data.octets", "1000000000"),
        ("1", "GiB", "data.octets", "1073741824"),
        ("0.000001", "PB", "data.octets", "1000000000"),
        ("12", "kbit", "data.octets", "1500"),
        ("1", "bit", "data.octets", "0.125"),
        ("8", "bits", "data.octets", "1"),
        ("7", "octet", "data.octets", "7"),
        ("7", "bytes", "data.octets", "7"),
        ("0", "TB", "data.octets", "0"),
        ("2", "min", "voice.seconds", "120"),
        ("0.5", "h", "voice.seconds", "1800"),
        ("1234", "ms", "voice.seconds", "1.234"),
        ("3", "seconds", "voice.seconds", "3"),
    ],
)
def test_a_quantity_is_converted_to_the_unit_of_its_meter_exactly(
    said: str, unit: str, meter: str, counted_as: str
) -> None:
    spec = with_line().when(command(record(quantity=said, unit=unit, meter=meter)))
    (found,) = counted(spec)
    assert (found.account, found.reason, found.quantity) == ("acme", None, int(Fraction(counted_as) * MICRO))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"unit": "KB"}, "KB can't be converted to octet"),
        ({"unit": "mb"}, "mb can't be converted to octet"),
        ({"unit": "min"}, "min can't be converted to octet"),
        ({"unit": "MB", "meter": "voice.seconds"}, "MB can't be converted to s"),
        ({"unit": "Mbit/s"}, "Mbit/s can't be converted to octet"),
        ({"unit": "message"}, "message can't be converted to octet"),
        ({"unit": "bit", "quantity": "0.000001"}, "no whole number of millionths of octet"),
        ({"unit": "PB", "quantity": "9" * 18}, "more than 18 digits"),
        ({"unit": ""}, "1 to 40 printable"),
        ({"unit": "M" * 41}, "1 to 40 printable"),
        ({"unit": "M\u0007B"}, "1 to 40 printable"),
        ({"unit": "kB", "kind": "counter", "counter_bits": 32, "boot_id": "b"}, "leave unit out"),
        ({"unit": "kB", "kind": "counter", "counter_bits": 32, "boot_id": "b", "meter": "cdn"}, "leave unit out"),
    ],
)
def test_a_unit_that_is_not_its_meters_is_refused_where_it_is_said(fields: dict[str, object], why: str) -> None:
    found = problem(**fields)
    assert (found.code, found.pointer) == ("schema_violation", "/unit") and why in found.detail, found.detail


def test_a_unit_that_is_no_text_is_malformed() -> None:
    spec = wire_problem({**record(), "unit": 7})
    assert (spec.code, spec.pointer) == ("malformed", "/unit")


def wire_problem(fields: dict[str, object]) -> Problem:
    found = checked_record(fields)
    assert isinstance(found, Problem)
    return found


def test_any_conversion_there_and_back_is_the_same_quantity_or_none_at_all() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        unit, wanted = chance.choice([*UNITS]), chance.choice([*UNITS])
        quantity = chance.choice((0, 1, MICRO, chance.randrange(10**12), chance.randrange(10**9) * MICRO))
        exact = None
        if UNITS[unit].kind == UNITS[wanted].kind:
            _, n, d = UNITS[unit]
            _, wn, wd = UNITS[wanted]
            exact = Fraction(quantity) * n * wd / (d * wn)
        try:
            found = in_unit(quantity, unit, wanted)
        except CannotConvert:
            assert exact is None or exact.denominator != 1 or exact >= 10**24
        else:
            assert found == exact and in_unit(found, wanted, unit) == quantity


def test_the_same_usage_in_another_unit_is_a_duplicate_r23() -> None:
    spec = with_line().when(command(record(quantity="70", unit="MB")))
    spec.when(command(record(quantity="70000000")))
    assert [one.state for one in aside(spec)] == ["duplicate"]
    spec.when(command(record(quantity="70", unit="MiB")))
    assert [one.state for one in aside(spec)] == ["conflict"]


def test_a_session_counts_in_the_unit_of_its_meter_r26() -> None:
    at = "2026-11-23T01:00:00Z"
    session = {"kind": "session", "session_id": "S1", "unit": "kB", "started_at": at}
    spec = with_line().when(
        command(record(**session, id="a", quantity="5", status="interim", ended_at="2026-11-23T01:05:00Z"))
    )
    spec.when(command(record(**session, id="b", quantity="7", status="stop", ended_at="2026-11-23T01:10:00Z")))
    assert [r.quantity for r in counted(spec)] == [2000 * MICRO]


def test_a_meter_of_somebodys_own_takes_its_own_unit_and_those_of_its_kind() -> None:
    messages = metered("message").when(command(record(meter="cdn", unit="message", quantity="3")))
    assert [(r.quantity, r.reason) for r in counted(messages)] == [(3 * MICRO, None)]
    for said, unit, quantity in (("1500", "MB", 1_500_000), ("1", "GB", MICRO), ("1", "octet", None), ("1", "s", None)):
        spec = metered("GB").when(command(record(meter="cdn", unit=unit, quantity=said)))
        (found,) = counted(spec)
        if quantity is not None:
            assert (found.quantity, found.reason, found.account) == (quantity, None, "acme")
        else:
            assert (found.account, found.reason) == (None, "schema_violation") and unit in (found.detail or "")


def test_a_unit_waits_for_its_meter_and_is_converted_once_that_is_defined() -> None:
    spec = with_line().when(command(record(meter="cdn", unit="MB", quantity="1500")))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert (event.records[0].reason, event.units) == ("unknown_meter", {0: "MB"})
    parked = ParkedRecord(name="7#0", reason="unknown_meter", record=event.records[0], unit="MB")
    for wanted, quantity in (("GB", [1_500_000]), ("octet", [1_500_000_000 * MICRO]), ("message", [])):
        held = metered(wanted)
        held.state.keep({ParkedRecord: {"7#0": parked}})
        held.when(RecycleUsage(items=[(7, 0)]))
        assert [r.quantity for r in counted(held)] == quantity


def test_an_admitted_record_has_no_unit_unless_its_meter_is_somebodys_own() -> None:
    plain = admit(wire(record(quantity="7000000")), 1, "")
    assert admit_in_unit(wire(record(quantity="7", unit="MB")), 1, "") == plain
    own = admit_in_unit(wire(record(meter="cdn", unit="MB")), 1, "")
    assert isinstance(own, AdmittedRecord) and own.unit == "MB"
    assert isinstance(plain, AdmittedRecord) and own.content != plain.content


def test_what_is_kept_of_an_event_reads_with_a_unit_and_without() -> None:
    kept = ReturnableRecord("olt-12", "r1", "mac:1", "cdn", "7", 1, 1, "delta")
    assert (kept.unit, kept.recorded().quantity) == (None, 7)
