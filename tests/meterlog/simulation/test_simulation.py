"""The simulated network: the same seed is the same, its shape is believable, and its faults are counted right."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self

import msgspec
import pytest

from meterlog.simulation.accounting_request import accounting_request
from meterlog.simulation.expectation import WAYS, Expectation
from meterlog.simulation.faults import FAULTS, Sent, troubled
from meterlog.simulation.measuring import measured
from meterlog.simulation.network import KINDS, Network
from meterlog.simulation.pacing import Pace
from meterlog.simulation.plan import Plan, WrongUse, planned
from meterlog.simulation.report import OCTETS, Accounting
from meterlog.simulation.run import Tally, simulate
from meterlog.simulation.sessions import INTERIM
from services.usage.formats import parse
from services.usage.formats.contract import ReportedRecord
from services.usage.formats.parsing import radius_packet as rp
from services.usage.record.admission import admit
from services.usage.record.messages import AdmittedRecord
from services.usage.session.correlation import Report as SessionReport
from services.usage.session.correlation import correlate
from services.usage.session.messages import NasSignal
from services.usage.session.state import Direction
from tests.kit.radius import SECRET
from tests.kit.radius import accounting_request as pyrads
from tests.kit.waiting import WITHIN_S

# A Monday, midnight in Paris.
START_US = int(datetime(2026, 11, 22, 23, tzinfo=UTC).timestamp()) * 1_000_000
HOUR_US = 3_600_000_000


def network(lines: int = 100, seed: int = 7) -> Network:
    return Network.drawn(seed=seed, lines=lines)


def sent(faults: set[str], *, hours: int = 12, seed: int = 7, lines: int = 100) -> list[Sent]:
    drawn = network(lines, seed)
    reports = measured(drawn, START_US, end_us=START_US + hours * HOUR_US, nas_restart="nas-restart" in faults)
    return list(troubled(reports, faults, seed=seed))


def test_the_same_seed_sends_the_same_bytes_and_another_seed_others() -> None:
    faults = set(FAULTS)
    assert msgspec.json.encode(sent(faults)) == msgspec.json.encode(sent(faults))
    assert msgspec.json.encode(sent(faults)) != msgspec.json.encode(sent(faults, seed=8))


def test_reports_come_in_the_order_of_time_and_without_an_end() -> None:
    reports = list(islice(measured(network(10), START_US), 2000))
    times = [report.at_us for report in reports]
    assert len(reports) == 2000
    assert times == sorted(times)


def test_people_at_home_use_most_in_the_evening_and_offices_by_day() -> None:
    used: Counter[tuple[str, int]] = Counter()
    for report in measured(network(200), START_US, end_us=START_US + 24 * HOUR_US):
        for _meter, quantity in report.used:
            used[report.kind, (report.at_us - START_US) // HOUR_US] += quantity
    busiest = {kind: max(range(24), key=lambda hour: used[kind, hour]) for kind in KINDS}
    assert busiest["pon"] in (20, 21, 22)
    assert busiest["business"] in range(9, 17)
    assert busiest["session"] in range(19, 24)
    assert used["pon", 21] > 5 * used["pon", 4] > 0
    assert used["voice", 3] < used["voice", 20]


def test_every_kind_of_line_reports_in_its_own_way() -> None:
    seen: dict[str, set[tuple[str, str]]] = {kind: set() for kind in KINDS}
    for report in measured(network(), START_US, end_us=START_US + 12 * HOUR_US):
        seen[report.kind] |= {(record.get("kind", "delta"), record["meter"]) for record in report.records}
    assert seen == {
        "pon": {("delta", "data.octets")},
        "business": {("sample", "rate.bps")},
        "voice": {("delta", "voice.seconds")},
        "session": {("session", "data.octets")},
    }


def test_all_that_is_right_is_admitted_and_no_two_records_have_one_key() -> None:
    admitted = []
    for each in sent({"late", "reorder", "lost-stop", "nas-restart"}):
        for item in parse(msgspec.json.encode(each.report.records), {}):
            assert isinstance(item, ReportedRecord)
            found = admit(item, 0, "")
            assert isinstance(found, AdmittedRecord | NasSignal), found
            admitted += [found] if isinstance(found, AdmittedRecord) else []
    assert len({record.dedupe_key for record in admitted}) == len(admitted) > 5000


def test_faults_leave_what_is_right_as_it_was() -> None:
    without = {msgspec.json.encode(each.report.records) for each in sent(set())}
    troubles = sent(set(FAULTS) - {"nas-restart"})
    right = {msgspec.json.encode(each.report.records) for each in troubles if each.fault in (None, "late", "reorder")}
    lost = {msgspec.json.encode(each.report.records) for each in troubles if each.fault == "lost-stop"}
    assert right | lost == without
    assert not right & lost


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_there_when_it_is_asked_for_and_alone(fault: str) -> None:
    found = sent({fault}, lines=200)
    if fault == "nas-restart":
        assert {each.report.kind for each in found} == {*KINDS, "signal"}
        assert {each.fault for each in found} == {None}
    else:
        assert {each.fault for each in found} == {None, fault}


@pytest.mark.parametrize("way", WAYS)
def test_an_expectation_adds_up(way: str) -> None:
    expected = Expectation(way)
    for each in sent(set(FAULTS)):
        expected.add(each)
    totals = expected.totals()
    assert totals["records_in"] == totals["accepted"] + totals["duplicates"] + totals["malformed"]
    assert totals["lost"] > 0 and totals["signals"] > 0 and totals["quarantined"]["unknown_resource"] > 0
    assert (totals["rejected"] > 0) == (way == "http")
    assert (totals["answered_again"] > 0) == (way == "radius")


def test_sessions_come_to_what_is_expected_whatever_was_lost_or_late_r26() -> None:
    """The correlator of the service, fed in the order of sending, counts what the expectation says."""
    sessions: dict[str, Direction] = {}
    counted = expected = 0
    for each in sent({"late", "reorder", "lost-stop", "nas-restart"}, hours=24):
        if each.report.kind == "session" and each.fault != "lost-stop":
            expected += sum(quantity for _, quantity in each.report.used)
            counted += sum(_counted(sessions, record) for record in each.report.records)
    assert counted == expected > 0


def _counted(sessions: dict[str, Direction], record: dict[str, str]) -> int:
    (item,) = parse(msgspec.json.encode(record), {})
    assert isinstance(item, ReportedRecord)
    found = admit(item, 0, "")
    assert isinstance(found, AdmittedRecord)
    name = record["session_id"]
    began = found.started_at if found.started_at < found.ended_at else None
    report = SessionReport(OCTETS, found.quantity, record["status"], found.ended_at, began)  # type: ignore[arg-type]
    after = correlate(sessions.get(name), report)
    assert after.ambiguous is None
    sessions[name] = after.direction
    return after.quantity // 1_000_000


@pytest.mark.parametrize("signed", [False, True])
def test_a_packet_says_what_pyrad_says(signed: bool) -> None:
    said = Accounting("bng-1", INTERIM, "anna", 7, "81", lasted_s=300, up=5, down=2**33 + 9000, waited_s=4)
    ours = accounting_request(said, identifier=42, secret=SECRET, signed=signed)
    theirs = pyrads("Interim-Update", "81", octets=(5, 9000), gigawords=(0, 2), message_authenticator=signed)
    assert rp.is_signed(ours, SECRET)
    assert rp.message_authenticator_fits(ours, SECRET) is (True if signed else None)
    mine, pyrad = rp.attributes_of(ours), rp.attributes_of(theirs)
    shared = set(pyrad) - {rp.NAS_IP_ADDRESS, rp.MESSAGE_AUTHENTICATOR}
    assert {kind: mine[kind] for kind in shared} == {kind: pyrad[kind] for kind in shared}
    assert mine[rp.NAS_IDENTIFIER] == [b"bng-1"] and mine[rp.ACCT_DELAY_TIME] == [(4).to_bytes(4, "big")]
    assert mine[rp.ACCT_SESSION_TIME] == [(300).to_bytes(4, "big")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"over": "post"},                                      "--over is one of kafka, http, radius, not 'post'"),
        ({"faults": "late,lost"},                               "not 'lost'"),
        ({"length": "6 hours"},                                 "not '6 hours'"),
        ({"length": "0s"},                                      "not '0s'"),
        ({"start": "yesterday"},                                "not 'yesterday'"),
        ({"over": "radius", "faults": "late", "rate": 10},      "need real time"),
    ],
)  # fmt: skip
def test_options_that_do_not_fit_are_refused_with_the_reason(given: dict[str, Any], says: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(says)):
        plan(**given)


def test_a_network_that_is_played_faster_begins_long_enough_ago() -> None:
    ago = plan(length="6h", rate=1000)
    assert (ago.start_us, ago.end_us) == (START_US - 6 * HOUR_US, START_US)
    real = plan(length="6h")
    assert (real.start_us, real.end_us) == (START_US, START_US + 6 * HOUR_US)
    assert plan(over="radius").network.sources == ("sim1-bng-1",)
    assert plan(faults="all").faults == set(FAULTS)


class Taken:
    """A sender that takes everything."""

    def __init__(self) -> None:
        self.refused = 0
        self.batches: list[list[Sent]] = []

    async def send(self, batch: Sequence[Sent]) -> None:
        self.batches.append(list(batch))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None


async def test_all_of_a_stream_is_sent_once_and_tallied() -> None:
    sender, tally, stop = Taken(), Tally(Expectation("kafka")), asyncio.Event()
    stream = plan(length="1h", rate=1e9, faults="all", lines=30)
    await simulate(stream.stream(stop), sender, Pace(stream.start_us, 0, 1e9, 1), tally, stop)
    expected = [each for each in stream.stream(asyncio.Event()) if each.fault != "lost-stop"]
    assert [each for batch in sender.batches for each in batch] == expected
    assert tally.figures()["records"] == sum(len(each.report.records) for each in expected)


async def test_interrupted_it_sends_what_it_held_back_and_ends() -> None:
    sender, tally, stop = Taken(), Tally(Expectation("kafka")), asyncio.Event()
    endless = plan(rate=1e9, faults="late,duplicates", lines=30)
    asyncio.get_running_loop().call_later(0.2, stop.set)
    slow = Pace(endless.start_us, time.time_ns() // 1000, 2000, 1)
    async with asyncio.timeout(WITHIN_S):
        await simulate(endless.stream(stop), sender, slow, tally, stop)
    figures = tally.figures()
    assert figures["records"] == sum(len(each.report.records) for batch in sender.batches for each in batch) > 0


def plan(**given: Any) -> Plan:
    asked: dict[str, Any] = {
        "over": "kafka", "lines": 10, "seed": 1, "start": None, "length": None, "rate": None, "speed": 1, "faults": "",
    }  # fmt: skip
    return planned(**{**asked, **given}, now=datetime(2026, 11, 22, 23, tzinfo=UTC))
