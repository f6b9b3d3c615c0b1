"""Usage reconciliation: every record in one term, each term's records listed, and what breaks it named."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from services.reporting.reconciliation import api as reconciliation
from services.reporting.reconciliation import upstream
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import SetAside
from tests.services.reporting.counted import counted
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    account_opened,
    charge_fixed,
    closed,
    parked,
    rated,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers

STATEMENT = "/v1/proof/conservation"
TERMS = ("billed", "allowance", "unbilled", "parked", "not_billable", "retracted", "in_flight", "unplaced")
# September in Paris, as instants.
SEPTEMBER_SPAN = {"from": "2026-08-31T22:00:00Z", "to": "2026-09-30T22:00:00Z"}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way here: what a test has not told will not come."""
    monkeypatch.setattr(reconciliation, "PAUSES_S", ())


async def statement(stage: Stage, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = await stage.read(STATEMENT, **query)
    return found


def terms(found: dict[str, Any]) -> dict[str, int]:
    return {term: found[term] for term in (*TERMS, "duplicates", "conflicts", "malformed") if found[term]}


async def listed(stage: Stage, link: str) -> list[str]:
    """The citations behind a link, page by page."""
    path, query = urlsplit(link).path, dict(parse_qsl(urlsplit(link).query))
    citations: list[str] = []
    cursor: str | None = None
    while True:
        page = await stage.read(path, **query, limit=2, **({"cursor": cursor} if cursor else {}))
        citations += (item["citation"] for item in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            assert page["total"] == len(citations)
            return citations


async def open_account(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())


async def a_bit_of_everything(stage: Stage) -> None:
    await open_account(stage)
    aside = [
        SetAside("duplicate", "olt-12.par3", "r0"),
        SetAside("conflict", "olt-12.par3", "r0", quantity=7),
        SetAside("malformed", "", "", reason="malformed"),
    ]
    records = [*(record(f"r{n}") for n in range(7)), record("lost", account=None, reason="unknown_resource")]
    await stage.tell("usage.events", counted(records, set_aside=aside), partition=3)
    await stage.tell(
        "rating.events",
        rated(3, 1, indexes=(0, 1, 2), not_billable=((3, "no_price", "acc-1"),), returned=((4, "too_late", "acc-1"),)),
        parked(3, 1, 5, 6),
    )
    await stage.tell("usage.events", UsageReturned(seq=1, items=[(4, "too_late")], account_id="acc-1"), partition=3)
    # October, not closed yet, and a record that rating has not come to.
    october = datetime(2026, 10, 10, tzinfo=UTC)
    await stage.tell("usage.events", counted([record("new", at=october)]), partition=2)
    await stage.tell("rating.events", charge_fixed(records=3))


async def test_every_record_is_in_one_term(stage: Stage) -> None:
    await a_bit_of_everything(stage)
    found = await statement(stage)
    assert found["balanced"], found
    assert terms(found) == {
        **{"billed": 3, "not_billable": 1, "parked": 4, "in_flight": 1},
        **{"duplicates": 1, "conflicts": 1, "malformed": 1},
    }
    assert found["quarantined"] == {"account_parked": 2, "malformed": 1, "too_late": 1, "unknown_resource": 1}
    assert found["accepted"] == sum(found[term] for term in TERMS) == 9
    assert found["records_in"] == 12
    assert (found["unbalanced"], found["disagreements"]) == ([], [])


async def test_each_term_leads_to_exactly_its_records(stage: Stage) -> None:
    await a_bit_of_everything(stage)
    found = await statement(stage)
    for shown in (found, *found["items"]):
        assert set(shown["links"]) == set(terms(shown))
        for term, link in shown["links"].items():
            citations = await listed(stage, link)
            assert len(citations) == len(set(citations)) == shown[term], (term, link)
    assert await listed(stage, found["links"]["not_billable"]) == ["usage/3/1#3"]


async def test_a_line_for_each_account_and_billing_period_and_one_for_what_has_no_account(stage: Stage) -> None:
    await a_bit_of_everything(stage)
    found = await statement(stage)
    lines = [(line["account_id"], line["period"] and line["period"]["start"], terms(line)) for line in found["items"]]
    assert lines == [
        ("acc-1", "2026-09-01", {"billed": 3, "parked": 3, "not_billable": 1}),
        ("acc-1", "2026-10-01", {"in_flight": 1}),
        (None, None, {"parked": 1, "duplicates": 1, "conflicts": 1, "malformed": 1}),
    ]
    assert found["total"] == 3
    first = await statement(stage, limit=2)
    rest = await statement(stage, limit=2, cursor=first["next_cursor"])
    assert [line["account_id"] for line in (*first["items"], *rest["items"])] == ["acc-1", "acc-1", None]
    assert rest["next_cursor"] is None
    assert (await statement(stage, page=2, size=2))["items"] == rest["items"]


async def test_the_statement_of_an_account_and_period_counts_only_those(stage: Stage) -> None:
    await a_bit_of_everything(stage)
    september = await statement(stage, account_id="acc-1", **SEPTEMBER_SPAN)
    assert terms(september) == {"billed": 3, "parked": 3, "not_billable": 1}
    assert terms(await statement(stage, subscription_id="line-1", **SEPTEMBER_SPAN)) == terms(september)
    assert terms(await statement(stage, subscription_id="line-2")) == {}
    assert (await stage.get(STATEMENT, account="acc-1")).status_code == 400
    assert (await stage.get(STATEMENT, **{"from": "yesterday"})).status_code == 422


async def test_a_record_on_the_edge_of_a_month_belongs_to_the_period_of_its_local_date(stage: Stage) -> None:
    """23:30 UTC on 31 August is 01:30 on 1 September in Paris (R34)."""
    await open_account(stage)
    api = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    await stage.tell("usage.events", counted([record("api", at=api)]), partition=3)
    await stage.tell("rating.events", rated(3, 1))
    found = await statement(stage)
    assert [(line["period"]["start"], line["unbilled"]) for line in found["items"]] == [("2026-09-01", 1)]
    assert found["balanced"], found


async def test_records_wholly_covered_by_included_units_are_allowance(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)), charge_fixed(records=2, covered=2))
    assert terms(await statement(stage)) == {"allowance": 2}


async def test_what_rating_has_not_come_to_is_in_flight_and_breaks_nothing(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    found = await statement(stage)
    assert (found["in_flight"], found["balanced"], found["settled"]) == (2, True, False)
    assert datetime.fromisoformat(found["in_flight_since"]) == stage.clock.at
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)))
    found = await statement(stage)
    assert (found["in_flight"], found["balanced"], found["settled"]) == (0, True, True)
    assert found["in_flight_since"] is None


WAITS = [
    # in this log     of           somebody has something still to take
    ("usage.reported", "intake",    ["usage.reported/2: intake has 4001 still to take"]),
    ("usage.commands", "usage",     ["usage.commands/2: usage has 4001 still to take"]),
    ("usage.guided",   "rating",    ["usage.guided/2: rating has 4001 still to take"]),
    ("rating.events",  "reporting", ["rating.events/2: reporting has 4001 still to take"]),
    ("usage.events",   "reporting", ["usage.events/2: reporting has 4001 still to take"]),
]  # fmt: skip


@pytest.mark.parametrize(("log", "who", "waits"), WAITS, ids=[row[0] for row in WAITS])
async def test_a_statement_is_settled_when_all_it_reads_stands_at_the_ends_of_the_logs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: str, who: str, waits: list[str]
) -> None:
    """What the tables hold balances, and has nothing in flight, while a service stands still."""
    monkeypatch.setattr(upstream, "WAIT_S", 0.0)
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)))
    stage.logs.written[log, 2] = 4001
    found = await statement(stage)
    assert (found["accepted"], found["in_flight"], found["balanced"], found["settled"]) == (2, 0, True, False)
    assert found["waiting_for"] == waits
    stage.logs.take(who, log, 2)
    found = await statement(stage)
    assert (found["settled"], found["waiting_for"]) == (True, [])


async def test_a_statement_about_services_that_say_nothing_is_not_settled(stage: Stage) -> None:
    await open_account(stage)
    stage.logs.silent.add("rating")
    found = await statement(stage)
    assert (found["balanced"], found["settled"]) == (True, False)
    assert found["waiting_for"] == ["rating does not say what it has taken: it is silent"]
    stage.logs.away = True
    assert (await statement(stage))["waiting_for"] == ["Kafka does not answer: TimeoutError"]


async def test_rating_being_told_of_first_breaks_nothing_either(stage: Stage) -> None:
    """The two logs are read one beside the other; which of them is ahead is chance."""
    await open_account(stage)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)))
    found = await statement(stage)
    assert (found["accepted"], found["balanced"], found["settled"]) == (0, True, False)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    found = await statement(stage)
    assert (found["accepted"], found["balanced"], found["settled"]) == (2, True, True)


async def test_a_record_that_rating_passed_over_is_named(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0,)))
    found = await statement(stage)
    assert (found["balanced"], found["unbalanced"], found["unbalanced_total"]) == (False, ["usage/3/1#1"], 1)
    assert terms(found) == {"unbilled": 1, "unplaced": 1}
    assert [terms(line) for line in found["items"]] == [terms(found)]
    assert await listed(stage, found["links"]["unplaced"]) == ["usage/3/1#1"]
    assert await listed(stage, found["links"]["unbilled"]) == ["usage/3/1#0"]
    assert [(d["usage_records"], d["rated_records"]) for d in found["disagreements"]] == [(2, 1)]
    # Also where the span cuts the period, so that its sums say nothing.
    cut = await statement(stage, **{"from": "2026-09-05", "to": "2026-09-20"})
    assert (cut["balanced"], cut["unbalanced"]) == (False, ["usage/3/1#1"])


async def test_a_record_that_rating_counted_twice_is_named(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)), rated(3, 1, indexes=(1,), part=True))
    found = await statement(stage)
    assert (found["balanced"], found["unbalanced"], found["unbalanced_total"]) == (False, ["usage/3/1#1"], 1)


async def test_a_record_that_usage_does_not_know_is_named(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)))
    found = await statement(stage)
    assert (found["balanced"], found["unbalanced"]) == (False, ["usage/3/1#1"])


async def test_a_quantity_that_changed_on_the_way_is_a_disagreement(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a", quantity=5_000_001)]), partition=3)
    await stage.tell("rating.events", rated(3, 1))
    found = await statement(stage)
    assert found["balanced"] is False
    assert [(d["usage_quantity"], d["rated_quantity"]) for d in found["disagreements"]] == [("5.000001", "5")]


@pytest.mark.parametrize("charges", [[charge_fixed(records=2)], []], ids=["a charge for fewer", "no charge at all"])
async def test_records_of_a_closed_period_that_no_charge_counts_are_a_disagreement(
    stage: Stage, charges: list[Any]
) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b"), record("c")]), partition=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1, 2)), *charges, closed(SEPTEMBER, OCTOBER))
    found = await statement(stage)
    assert found["balanced"] is False
    assert [(d["rated_records"], d["charged_records"]) for d in found["disagreements"]] == [(3, 2 * len(charges))]


async def late(stage: Stage) -> None:
    """Three records of September in time and billed, two that came after its close."""
    await open_account(stage)
    await stage.tell("usage.events", counted([record(f"r{n}") for n in range(3)]), partition=3)
    await stage.tell("usage.events", counted([record(f"late{n}") for n in range(2)]), partition=3)
    charged = charge_fixed(records=3)
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1, 2)), charged, closed(SEPTEMBER, OCTOBER))
    await stage.tell("rating.events", rated(3, 2, n=2, indexes=(0, 1), late=True))


async def test_r34_late_records_are_unbilled_until_the_next_close_and_then_settled(stage: Stage) -> None:
    await late(stage)
    found = await statement(stage)
    assert (found["balanced"], terms(found)) == (True, {"billed": 3, "unbilled": 2}), found
    assert await listed(stage, found["links"]["unbilled"]) == ["usage/3/2#1", "usage/3/2#0"]
    assert await states(stage) == {"r0": "billed", "r1": "billed", "r2": "billed", "late0": "rated", "late1": "rated"}

    settling = charge_fixed("ch-2", records=2, billing_period=OCTOBER)
    await stage.tell("rating.events", settling, closed(OCTOBER, NOVEMBER))
    found = await statement(stage)
    assert (found["balanced"], terms(found)) == (True, {"billed": 5}), found
    assert len(await listed(stage, found["links"]["billed"])) == 5
    assert (await states(stage))["late0"] == "late_settled"
    for name, charge in (("r0", "ch-1"), ("late0", "ch-2")):
        way = await stage.read(f"/v1/usage/records/olt-12.par3/{name}")
        assert [found["charge_id"] for found in way["charges"]] == [charge]


async def test_r34_late_records_within_the_included_units_are_allowance(stage: Stage) -> None:
    await late(stage)
    await stage.tell("rating.events", charge_fixed("ch-2", records=2, covered=2, billing_period=OCTOBER))
    found = await statement(stage)
    assert (found["balanced"], terms(found)) == (True, {"billed": 3, "allowance": 2}), found
    assert len(await listed(stage, found["links"]["allowance"])) == 2


async def test_r34_late_records_that_the_next_close_forgot_are_a_disagreement(stage: Stage) -> None:
    await late(stage)
    await stage.tell("rating.events", closed(OCTOBER, NOVEMBER))
    found = await statement(stage)
    assert found["balanced"] is False
    assert [(d["rated_records"], d["charged_records"]) for d in found["disagreements"]] == [(5, 3)]


async def test_a_charge_of_several_meters_counts_the_records_of_each(stage: Stage) -> None:
    await open_account(stage)
    await stage.tell("usage.events", counted([record("a"), record("b")]), partition=3)
    charged = charge_fixed(records=7, meters={"data.octets": 2, "voice.seconds": 5})
    await stage.tell("rating.events", rated(3, 1, indexes=(0, 1)), charged, closed(SEPTEMBER, OCTOBER))
    found = await statement(stage)
    assert terms(found) == {"billed": 2}
    assert [(d["meter"], d["rated_records"], d["charged_records"]) for d in found["disagreements"]] == [
        ("voice.seconds", 0, 5)
    ]


async def states(stage: Stage) -> dict[str, str]:
    page = await stage.read("/v1/usage/records", account_id="acc-1")
    return {item["id"]: item["state"] for item in page["items"]}


@pytest.mark.parametrize("seed", range(5))
async def test_it_balances_whatever_becomes_of_a_record_and_the_lists_agree(stage: Stage, seed: int) -> None:
    """Messages of random fate over two months, in a random order of the two logs."""
    chance = random.Random(seed)
    await open_account(stage)
    rating_told = []
    for seq in range(1, 9):
        partition = chance.choice((0, 3))
        begin = datetime(2026, 9, 10, tzinfo=UTC)
        records = [record(f"{seq}-{n}", at=begin + timedelta(minutes=n)) for n in range(chance.randint(1, 6))]
        await stage.tell("usage.events", counted(records), partition=partition)
        told = sum(1 for other, _, _ in stage.told if other == "usage.events")
        fates = [chance.choice(("sum", "sum", "no_price", "too_late", "park")) for _ in records]
        number = len([1 for t, p, _ in stage.told if t == "usage.events" and p == partition])
        assert told == seq
        rating_told.append((partition, number, fates))
    # What is left at the end of each usage partition stays in flight.
    for partition, number, fates in rating_told[: chance.randint(0, 8)]:
        by = {fate: tuple(n for n, f in enumerate(fates) if f == fate) for fate in set(fates)}
        told_events: list[Any] = [
            rated(
                partition,
                number,
                n=number,
                indexes=by.get("sum", ()),
                not_billable=tuple((n, "no_price", "acc-1") for n in by.get("no_price", ())),
                returned=tuple((n, "too_late", "acc-1") for n in by.get("too_late", ())),
            )
        ]
        if "park" in by:
            told_events.append(parked(partition, number, *by["park"]))
        await stage.tell("rating.events", *told_events)
    found = await statement(stage)
    assert found["balanced"], (seed, found)
    assert found["records_in"] == sum(len(fates) for _, _, fates in rating_told)
    for term, link in found["links"].items():
        assert len(await listed(stage, link)) == found[term], (seed, term)


async def test_a_record_counted_in_two_places_is_named_though_every_sum_agrees(stage: Stage) -> None:
    """Usage and rating both count it twice, so no sum of theirs shows it: only its identity does."""
    await open_account(stage)
    for partition in (1, 2):
        await stage.tell("usage.events", counted([record("r1"), record(f"x{partition}")]), partition=partition)
        await stage.tell("rating.events", rated(partition, 1, indexes=(0, 1)))
    found = await statement(stage)
    assert (found["unbalanced"], found["disagreements"], found["billed"] + found["unbilled"]) == ([], [], 4)
    assert not found["balanced"]
    assert found["counted_twice_total"] == 1
    assert found["counted_twice"] == [
        {"source": "olt-12.par3", "id": "r1", "day": "2026-09-10", "records": ["usage/1/1#0", "usage/2/1#0"]}
    ]
    assert (await statement(stage, account_id="acc-1"))["counted_twice_total"] == 1
    assert (await statement(stage, account_id="acc-2"))["counted_twice_total"] == 0


async def test_a_record_of_another_day_or_set_aside_or_sent_again_after_the_horizon_is_no_double(stage: Stage) -> None:
    await open_account(stage)
    other_day = record("r1", at=datetime(2026, 9, 11, 1, tzinfo=UTC))
    aside = [SetAside("duplicate", "olt-12.par3", "r1")]
    await stage.tell("usage.events", counted([record("r1"), other_day], set_aside=aside), partition=1)
    assert (await statement(stage))["counted_twice"] == []
