"""`meterlog explain`: what it asks, what it prints and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from meterlog.cli import client
from meterlog.cli.main import app
from meterlog.cli.output import NO, say

INVOICE = {"id": "in-1", "number": "INV-000042", "account_id": "acc-1", "status": "issued", "total": {}}
SEPTEMBER = {"start": "2026-09-01", "end": "2026-10-01"}
LINE: dict[str, Any] = {
    **{"n": 2, "kind": "usage", "description": "Fiber: Data volume", "subscription_id": "sub-1", "plan_id": "fiber"},
    **{"plan_version": 1, "meter": "data.octets", "unit": "octets", "quantity": "350.5", "period": SEPTEMBER},
    **{"net": {"amount": "2.51", "currency": "EUR"}, "charge_id": "ch/7", "carried_from": None, "invoice_id": "in-1"},
    **{"unrounded": "2.505000000", "fraction": None, "records": 3, "service_period": SEPTEMBER},
    "steps": [
        {"tier": "included", "quantity": "100", "unit_price": "0", "amount": "0.00"},
        {"tier": "1", "quantity": "250.5", "unit_price": "0.01", "amount": "2.505", "label": "beyond the included"},
    ],
    "tariff": {"plan_id": "fiber", "version": 1, "href": "/v1/plans/fiber"},
    "charge": {"id": "ch/7", "href": "/v1/charges/ch%2F7"},
}
CHARGE: dict[str, Any] = {
    **{"id": "ch/7", "event": "rating/2/1842", "plan_effective_from": "2026-01-01", "settles": None},
    "price": {"model": "per_unit", "unit_price": "0.01", "included": "100", "meter": "data.octets"},
    "lineage": {"items": ["usage/2/1842#17", "usage/2/1842#18"], "total": 3, "next_cursor": "2"},
}
LAST = {"items": ["usage/2/1850#0"], "total": 3, "next_cursor": None}


class StubApi:
    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {
            "/v1/invoices": {"items": [INVOICE], "total": 1},
            "/v1/invoices/in-1": INVOICE,
            "/v1/invoices/in-1/lines/2/explain": LINE,
            "/v1/charges/ch%2F7": CHARGE,
            "/v1/charges/ch%2F7/records": LAST,
        }

    def get(self, path: str, **query: Any) -> Any:
        self.asked.append((path, query))
        if path not in self.answers:
            raise client.Refused(404, "not_found", f"there is nothing at {path}")
        return self.answers[path]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubApi:
    stub = StubApi()

    @contextmanager
    def asking(_data_dir: Path | None) -> Iterator[StubApi]:
        try:
            yield stub
        except client.Refused as no:
            say(f"meterlog: {no}")
            raise typer.Exit(NO) from no

    monkeypatch.setattr(client, "client", asking)
    return stub


def explained(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["explain", *arguments])


def test_a_line_is_told_from_its_amount_to_its_records(stub: StubApi) -> None:
    done = explained("INV-000042", "2")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "INV-000042, line 2: Fiber: Data volume                     2.51 EUR",
        "customer   acc-1, subscription sub-1",
        "period     2026-09-01 to 2026-10-01",
        "price      fiber version 1, in force since 2026-01-01: per_unit, unit_price 0.01, included 100",
        "quantity   350.5 octets",
        "steps      included: 100 × 0 = 0.00",
        "           1: 250.5 × 0.01 = 2.505, beyond the included",
        "rounding   2.505000000, half_up, 2.51 EUR",
        "charge     ch/7, rating/2/1842",
        "records    3 behind it",
        "           usage/2/1842#17",
        "           usage/2/1842#18",
        "           usage/2/1850#0",
    ]
    assert stub.asked[0] == ("/v1/invoices", {"number": "INV-000042", "limit": 2})
    assert stub.asked[-1] == ("/v1/charges/ch%2F7/records", {"limit": 18, "cursor": "2"})


def test_only_so_many_records_are_named_as_were_asked_for(stub: StubApi) -> None:
    done = explained("INV-000042", "2", "--records", "1")
    assert done.stdout.splitlines()[-2:] == [
        "           usage/2/1842#17",
        "           … and 2 more; --records N names them",
    ]
    assert all(path != "/v1/charges/ch%2F7/records" for path, _ in stub.asked)


def test_an_invoice_without_that_number_is_asked_for_by_id(stub: StubApi) -> None:
    stub.answers["/v1/invoices"] = {"items": [], "total": 0}
    done = explained("in-1", "2", "--json")
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["invoice"]["id"], found["line"], found["charge"]) == ("in-1", LINE, CHARGE)
    assert found["records"] == ["usage/2/1842#17", "usage/2/1842#18", "usage/2/1850#0"]


def test_a_part_of_a_month_says_which_and_how_it_was_rounded_r6(stub: StubApi) -> None:
    flat = {"model": "flat", "amount": "20.00", "rounding": {"mode": "up", "decimals": 2}}
    step = {"tier": "1", "quantity": "0.333333333", "unit_price": "20.00", "amount": "6.66666666"}
    discount = {"tier": "discount", "quantity": "1", "unit_price": "-1.00", "amount": "-1.00"}
    line = {**LINE, "fraction": "0.333333333", "quantity": None, "steps": [step, discount], "unrounded": "5.666666660"}
    stub.answers["/v1/invoices/in-1/lines/2/explain"] = line
    nothing = {"items": [], "total": 0, "next_cursor": None}
    stub.answers["/v1/charges/ch%2F7"] = {**CHARGE, "price": flat, "lineage": nothing}
    lines = explained("INV-000042", "2").stdout.splitlines()
    assert "period     2026-09-01 to 2026-10-01, 0.333333333 of a whole period" in lines
    assert lines[4:7] == [
        "steps      1: 0.333333333 × 20.00 = 6.66666666",
        "           discount: -1.00",
        "rounding   5.666666660, up at 2 decimals, 2.51 EUR",
    ]
    assert not any(line.startswith("records") for line in lines)


def test_what_was_carried_forward_names_the_invoice_it_comes_from(stub: StubApi) -> None:
    nobody = {"subscription_id": None, "plan_id": None, "plan_version": None, "meter": None, "quantity": None}
    line = {**LINE, **nobody, "charge": None, "charge_id": None, "tariff": None, "steps": [], "carried_from": "in-0"}
    stub.answers["/v1/invoices/in-1/lines/2/explain"] = line
    done = explained("INV-000042", "2")
    assert done.exit_code == 0, done.output
    assert "from       invoice in-0, which came to less than zero" in done.stdout


def test_tiers_are_told_on_one_line(stub: StubApi) -> None:
    tiers = [{"up_to": "10", "unit_price": "1.5"}, {"up_to": None, "unit_price": "0.5"}]
    stub.answers["/v1/charges/ch%2F7"] = {**CHARGE, "price": {"model": "graduated", "tiers": tiers}}
    text = "graduated, tiers (up_to 10, unit_price 1.5; up_to none, unit_price 0.5)"
    assert text in explained("INV-000042", "2").stdout


def test_no_such_line_is_a_no(stub: StubApi) -> None:
    done = explained("INV-000042", "3")
    assert done.exit_code == 1
    assert "there is nothing at /v1/invoices/in-1/lines/3/explain" in done.output


def test_a_line_is_a_number_from_one(stub: StubApi) -> None:
    assert explained("INV-000042", "0").exit_code == 2


def test_without_a_key_and_without_an_installation_it_says_what_is_missing(tmp_path: Path) -> None:
    done = explained("INV-000042", "2", "--data-dir", str(tmp_path))
    assert done.exit_code == 2
    assert "METERLOG_API_KEY" in done.output


def test_taxes_credit_notes_and_days_of_a_line_are_told(stub: StubApi) -> None:
    tax = {"category": "S", "jurisdiction": "BE", "rate_id": "be-btw", "rate_version": 3, "rate": "20"}
    money = {"base": {"amount": "52.40", "currency": "EUR"}, "tax": {"amount": "10.48", "currency": "EUR"}}
    stub.answers["/v1/invoices/in-1/lines/2/explain"] = LINE | {
        "taxes": [tax | money | {"of_line": "0.502"}],
        "origin": {"kind": "taken", "account_id": "acc-2", "invoice_id": "in-9"},
        "credits": [{"net": {"amount": "1.00", "currency": "EUR"}, "number": "CN-000007", "credit_note_id": "cn-1"}],
    }
    day = {"day": "2026-09-03", "meter": "data.octets", "quantity": "350.5", "records": 3, "first": []}
    stub.answers["/v1/charges/ch%2F7/days"] = {"items": [day], "total": 1, "next_cursor": None}
    told = explained("INV-000042", "2", "--days").stdout
    for said in (
        "tax        20 % of 52.40 EUR is 10.48 EUR, of which 0.502 for this line (S, BE, rate be-btw version 3)",
        "paid for   account acc-2, from its draft in-9",
        "credited   1.00 EUR by CN-000007",
        "days       2026-09-03 data.octets 350.5 by 3 records",
    ):
        assert said in told
