"""Invoices as the list and the page show them: the document joined with what payments says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    line,
    locked,
    paid,
    profile_opened,
    receivable,
)

pytestmark = pytest.mark.servers


async def with_account(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened())


async def with_invoice(stage: Stage, invoice: str = "inv-1", total: str = "14.88", **given: Any) -> None:
    """An issued invoice with its receivable."""
    terms = {"issued_on": date(2026, 10, 1), "due_on": date(2026, 10, 15), **given}
    party = {name: given[name] for name in ("account", "currency") if name in given}
    number = f"INV-{invoice.upper()}"
    if party:
        await stage.tell("invoicing.events", profile_opened(**party))
    await stage.tell(
        "invoicing.events", *drafted(invoice, **party), issued(invoice, number=number, total=total, **terms)
    )
    await stage.tell("payments.events", receivable(invoice, total, number=number, **terms))


async def test_a_draft_shows_the_tax_that_locking_would_fix_and_owes_nothing(stage: Stage) -> None:
    """R47: the draft's own forecast is shown, and no balance."""
    await with_account(stage)
    await stage.tell("invoicing.events", *drafted(lines=(line(net="12.43"),)))
    found = await stage.read("/v1/invoices/inv-1")
    assert (found["status"], found["number"], found["provisional"]) == ("draft", None, True)
    assert (found["net"]["amount"], found["tax"]["amount"], found["total"]["amount"]) == ("12.43", "2.49", "14.92")
    assert (found["paid"]["amount"], found["due"]["amount"]) == ("0.00", "0.00")


@pytest.mark.parametrize(
    ("currency", "net", "tax", "total"), [("EUR", "12.43", "2.49", "14.92"), ("JPY", "1243", "249", "1492")]
)
async def test_a_draft_of_a_log_without_forecasts_is_taxed_at_the_rate_that_its_account_had(
    stage: Stage, currency: str, net: str, tax: str, total: str
) -> None:
    """R4, R39: 20 % of 12.43 is 2.486, rounded half up; yen have no decimals."""
    await stage.tell("rating.events", account_opened(currency=currency))
    await stage.tell("invoicing.events", profile_opened(currency=currency))
    *added, draft = drafted(lines=(line(net=net),), currency=currency)
    await stage.tell("invoicing.events", *added, msgspec.structs.replace(draft, tax=None, total=None))
    found = await stage.read("/v1/invoices/inv-1")
    assert (found["tax"]["amount"], found["total"]["amount"]) == (tax, total)


async def test_the_version_counts_the_invoices_events_as_invoicing_does(stage: Stage) -> None:
    await with_account(stage)
    two_lines = (line(1, "10.00"), line(2, "2.40", charge="ch-2"))
    versions = []
    for events in (drafted(lines=two_lines), (locked(),), (issued(lines=two_lines),)):
        await stage.tell("invoicing.events", *events)
        versions.append((await stage.read("/v1/invoices/inv-1"))["version"])
    assert versions == [3, 4, 5]


async def test_payments_move_an_invoice_from_unpaid_to_paid(stage: Stage) -> None:
    await with_account(stage)
    await stage.tell("invoicing.events", *drafted(), issued())
    seen = [await _money(stage)]
    await stage.tell("payments.events", receivable(), paid(), allocated())
    seen.append(await _money(stage))
    await stage.tell("payments.events", paid("pay-2", "4.88"), allocated("pay-2", amount="4.88", open_="0.00"))
    seen.append(await _money(stage))
    assert seen == [
        ("unpaid", "0.00", "14.88", True),  # the receivable is not there yet: the whole total is due
        ("partially_paid", "10.00", "4.88", True),
        ("paid", "14.88", "0.00", False),
    ]


async def _money(stage: Stage) -> tuple[str, str, str, bool]:
    found = await stage.read("/v1/invoices/inv-1")
    allowed = {action["action"]: action["allowed"] for action in found["allowed_actions"]}
    return found["payment_status"], found["paid"]["amount"], found["due"]["amount"], allowed["record_payment"]


async def test_what_is_issued_is_credited_and_issued_anew_and_a_draft_is_neither(stage: Stage) -> None:
    await with_account(stage)
    await stage.tell("invoicing.events", *drafted())
    assert await _may(stage, "issue", "credit", "reissue", "report_clearance") == [True, False, False, False]
    await stage.tell("invoicing.events", issued())
    assert await _may(stage, "issue", "credit", "reissue", "report_clearance") == [False, True, True, True]


async def _may(stage: Stage, *wanted: str) -> list[bool]:
    found = await stage.read("/v1/invoices/inv-1")
    allowed = {action["action"]: action["allowed"] for action in found["allowed_actions"]}
    return [allowed[name] for name in wanted]


async def test_an_invoice_over_nothing_is_paid_when_it_is_issued(stage: Stage) -> None:
    await with_account(stage)
    await stage.tell(
        "invoicing.events", *drafted(lines=(line(net="0.00"),)), issued(net="0.00", tax="0.00", total="0.00")
    )
    assert (await stage.read("/v1/invoices/inv-1"))["payment_status"] == "paid"


async def test_one_invoice_shows_its_lines_tax_and_payments(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("payments.events", paid(), allocated())
    found = await stage.read("/v1/invoices/inv-1")
    (shown,) = found["lines"]
    assert shown["net"] == {"amount": "12.40", "currency": "EUR"}
    assert (shown["n"], shown["plan_id"], shown["plan_version"], shown["quantity"]) == (1, "home", 1, "5")
    assert found["tax_groups"] == [{"category": "S", "rate": "20", "base": "12.40", "tax": "2.48"}]
    assert found["payments"] == [
        {"payment_id": "pay-1", "amount": {"amount": "10.00", "currency": "EUR"}, "received_on": "2026-10-07"}
    ]
    assert (await stage.get("/v1/invoices/nobody")).status_code == 404


@pytest.mark.parametrize(
    ("now", "days_overdue"),
    [
        # due on 15 October in Paris, which is two hours ahead of UTC
        (datetime(2026, 10, 15, 21, 59, tzinfo=UTC), 0),
        (datetime(2026, 10, 15, 22, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 14, 12, 0, tzinfo=UTC), 30),
    ],
)
async def test_an_invoice_is_overdue_from_the_day_after_its_due_date(
    stage: Stage, now: datetime, days_overdue: int
) -> None:
    await with_account(stage)
    await with_invoice(stage)
    stage.clock.at = now
    assert (await stage.read("/v1/invoices/inv-1"))["days_overdue"] == days_overdue
    assert (await stage.read("/v1/invoices", overdue="true"))["total"] == (1 if days_overdue else 0)
    assert (await stage.read("/v1/invoices", overdue="false"))["total"] == (0 if days_overdue else 1)


async def test_filters_and_totals_agree(stage: Stage) -> None:
    await with_account(stage)
    await stage.tell("rating.events", account_opened("acc-us", currency="USD"))
    await with_invoice(stage, "a", "10.00")
    await with_invoice(stage, "b", "20.00", issued_on=date(2026, 11, 1), due_on=date(2026, 11, 15))
    await with_invoice(stage, "c", "5.00", account="acc-us", currency="USD")
    await stage.tell("payments.events", paid("p", "4.00"), allocated("p", "a", "4.00", open_="6.00"))

    everything = await stage.read("/v1/invoices")
    assert everything["total"] == 3
    assert {item["time_zone"] for item in everything["items"]} == {"Europe/Paris"}
    assert [(row["currency"], row["amount"], row["paid"], row["due"]) for row in everything["totals"]] == [
        ("EUR", "30.00", "4.00", "26.00"),
        ("USD", "5.00", "0.00", "5.00"),
    ]
    for parameters, expected in (
        ({"payment_status": "partially_paid"}, ["a"]),
        ({"from": "2026-11-01", "to": "2026-11-01"}, ["b"]),
        ({"due_to": "2026-10-15", "currency": "EUR"}, ["a"]),
        ({"q": "inv-b"}, ["b"]),
        ({"q": "acc-us"}, ["c"]),
        ({"q": "ACC-U"}, ["c"]),
        ({"q": "acc-", "currency": "USD"}, ["c"]),
        ({"q": "Inv-B"}, ["b"]),
        ({"q": "cc-us"}, []),
        ({"number": "INV-C"}, ["c"]),
        ({"cycle_id": "monthly", "sort": "due"}, ["c", "a", "b"]),
        ({"status": ["draft", "locked"]}, []),
    ):
        page = await stage.read("/v1/invoices", **parameters)
        assert [item["id"] for item in page["items"]] == expected, parameters
        assert page["total"] == len(expected)


@pytest.mark.parametrize(
    "parameters", [{"status": "lost"}, {"from": "yesterday"}, {"overdue": "perhaps"}, {"sort": "colour"}]
)
async def test_a_filter_that_makes_no_sense_is_refused_by_name(stage: Stage, parameters: dict[str, str]) -> None:
    answer = await stage.get("/v1/invoices", **parameters)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(parameters))}"
