"""`meterlog conservation`: what it prints and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from meterlog.cli import client
from meterlog.cli.main import app

BALANCED: dict[str, Any] = {
    **{"records_in": 1107, "accepted": 1100, "duplicates": 5, "conflicts": 1, "malformed": 1},
    **{"billed": 900, "allowance": 100, "unbilled": 90, "parked": 8, "not_billable": 2, "retracted": 0},
    **{"in_flight": 0, "unplaced": 0, "in_flight_since": None, "balanced": True, "settled": True},
    **{"unbalanced": [], "unbalanced_total": 0, "disagreements": [], "disagreements_total": 0, "total": 1},
}
LINE = {**BALANCED, "account_id": "acc-1", "period": {"start": "2026-09-01", "end": "2026-10-01"}}


class StubApi:
    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = {"items": [LINE], **answer}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def get(self, path: str, **query: Any) -> Any:
        self.asked.append((path, {name: value for name, value in query.items() if value is not None}))
        return self.answer


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubApi:
    stub = StubApi(BALANCED)

    @contextmanager
    def reports(_data_dir: Path | None) -> Iterator[StubApi]:
        yield stub

    monkeypatch.setattr(client, "reports", reports)
    return stub


def test_a_statement_that_balances_ends_with_zero(stub: StubApi) -> None:
    done = CliRunner().invoke(app, ["conservation", "--from", "2026-09-01", "--to", "2026-10-01"])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "1,107 records in = 1,100 accepted + 5 duplicates + 1 conflicts + 1 malformed",
        "1,100 accepted = 900 billed + 100 allowance + 90 unbilled + 8 parked + 2 not billable + 0 retracted",
        "balanced",
    ]
    assert stub.asked == [("/v1/proof/conservation", {"from": "2026-09-01", "to": "2026-10-01", "limit": 500})]


def test_one_that_does_not_names_the_records_and_ends_with_one(stub: StubApi) -> None:
    sums = {
        **{"subscription_id": "line-1", "meter": "data.octets", "period_start": "2026-09-01", "usage_records": 91},
        **{"usage_quantity": "91", "rated_records": 90, "rated_quantity": "90", "charged_records": 0},
    }
    broken = {"balanced": False, "unplaced": 101, "unbalanced": ["usage/3/1842#17"], "unbalanced_total": 101}
    stub.answer |= {**broken, "disagreements": [sums], "disagreements_total": 1}
    done = CliRunner().invoke(app, ["conservation"])
    assert done.exit_code == 1
    assert "unbalanced: usage/3/1842#17\nunbalanced: 101 records in all\n" in done.stdout
    assert "line-1 data.octets, period from 2026-09-01: usage has 91 records (91), rating 90 (90)" in done.stdout
    assert "101 unplaced" in done.stdout
    assert done.stdout.endswith("DOES NOT BALANCE\n")


def test_a_record_that_counts_twice_is_named_with_its_places(stub: StubApi) -> None:
    one = {"source": "olt-12", "id": "r1", "day": "2026-09-10", "records": ["usage/1/4#0", "usage/2/9#3"]}
    stub.answer |= {"balanced": False, "counted_twice": [one], "counted_twice_total": 1}
    done = CliRunner().invoke(app, ["conservation"])
    assert done.exit_code == 1
    assert "counted twice: olt-12 r1 of 2026-09-10: usage/1/4#0, usage/2/9#3\n" in done.stdout


def test_the_whole_statement_is_one_object_on_the_last_line(stub: StubApi) -> None:
    done = CliRunner().invoke(app, ["conservation", "--account", "acc-1", "--json"])
    assert json.loads(done.stdout.splitlines()[-1]) == stub.answer
    assert stub.asked[0][1]["account_id"] == "acc-1"


def test_an_account_is_shown_period_by_period(stub: StubApi) -> None:
    done = CliRunner().invoke(app, ["conservation", "--account", "acc-1"])
    line = "acc-1 2026-09-01: 1,100 accepted = 900 billed + 100 allowance + 90 unbilled + 8 parked + 2 not billable"
    assert done.stdout.splitlines()[0] == line
    stub.answer |= {"in_flight": 3, "in_flight_since": "2026-09-30T22:00:00Z"}
    done = CliRunner().invoke(app, ["conservation"])
    assert done.exit_code == 0
    assert "3 on their way to rating, the oldest since 2026-09-30T22:00:00Z" in done.stdout


def test_without_a_key_and_without_an_installation_it_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["conservation", "--data-dir", str(tmp_path)])
    assert done.exit_code == 2
    assert "METERLOG_API_KEY" in done.output
