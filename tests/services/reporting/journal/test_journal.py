"""The journal on a real Postgres: entries once, their chain to events, charts, and exports that never change."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.invoicing.bill_profile.messages import LegalEntityAssigned
from services.payments.bookkeeping.messages import (
    NEUTRAL,
    AccountRule,
    ChartOfAccountsSet,
    ChartTerms,
    DatevTerms,
    JournalExported,
)
from services.payments.bookkeeping.samples import SAMPLES
from services.payments.chargeback.messages import PaymentChargedBack
from services.payments.payer_entity.messages import PayerEntityNoted
from services.payments.write_off.messages import ReceivableWrittenOff
from services.reporting.journal.models import (
    JournalEntryShape,
    JournalExportPage,
    JournalExportShape,
    JournalPage,
    TrialBalance,
)
from tests.services.reporting.journal.test_book import ADVANCE, QUARTER, USAGE, credited, drafted, issued, line
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import allocated, paid, receivable

pytestmark = pytest.mark.servers
GOLDEN = Path(__file__).parent / "EXTF_golden.csv"
DECEMBER = datetime(2026, 12, 28, 8, tzinfo=UTC)


def german() -> ChartOfAccountsSet:
    """SKR 03 of a client of DATEV; revenue of the plan home at 20 % has a number of its own."""
    sample = SAMPLES[1]
    own = AccountRule(account="revenue", number="8401", name="Home", plan_id="home", automatic=True)
    terms = msgspec.structs.replace(
        sample, rules=[*sample.rules, own], datev=DatevTerms(consultant=29098, client=55003)
    )
    return ChartOfAccountsSet(effective_from=date(2026, 11, 1), terms=terms, version=1)


def october_to_december() -> list[tuple[str, Any]]:
    """Usage of October and a quarter in advance, billed on 1 November; paid, half of the quarter credited in December,
    the payment charged back, and what is open then written off."""
    lines = [ADVANCE, USAGE]
    invoice = issued("inv-1", lines, "2026-11-01")
    note = credited(invoice, [line(1, "46.00", QUARTER)], "2026-12-10")
    back = PaymentChargedBack(
        payment_id="pay-1",
        account_id="acc-1",
        chargeback_id="cb-1",
        amount=Decimal("10.00"),
        currency="EUR",
        method="card",
        reason="fraud",
        received_on=date(2026, 12, 15),
        charged_back=Decimal("10.00"),
        unallocated=Decimal("0.00"),
        status="charged_back",
    )
    given_up = ReceivableWrittenOff(
        write_off_id="wo-1",
        account_id="acc-1",
        invoice_id="inv-1",
        amount=Decimal("5.00"),
        currency="EUR",
        open=Decimal("0.00"),
        reason_code="uncollectable",
        written_off_on=date(2026, 12, 20),
    )
    return [
        *(("invoicing.events", event) for event in [*drafted("inv-1", lines), invoice]),
        ("payments.events", receivable("inv-1", amount="125.28")),
        ("payments.events", paid("pay-1", amount="10.00")),
        ("payments.events", allocated("pay-1", "inv-1", amount="10.00")),
        ("invoicing.events", note),
        ("payments.events", back),
        ("payments.events", given_up),
    ]


async def played(stage: Stage) -> Stage:
    stage.clock.at = DECEMBER
    for topic, event in october_to_december():
        await stage.tell(topic, event, actor="key:ann")
    return stage


async def balances(stage: Stage, month: str) -> dict[str, str]:
    """Closing balances by name of the account."""
    answer = await stage.read("/v1/trial-balance", **{"from": month, "to": month})
    TrialBalance.model_validate(answer)
    assert sum(Decimal(item["closing"]) for item in answer["items"]) == 0
    return {item["account"]: item["closing"] for item in answer["items"] if Decimal(item["closing"])}


async def test_three_months_come_out_as_worked_out_by_hand(stage: Stage) -> None:
    await played(stage)
    assert await balances(stage, "2026-09") == {}
    october = await balances(stage, "2026-10")
    assert october["unbilled_revenue"] == "12.40"
    assert october["revenue"] == "-12.40"
    # Deferred: 92 days at 1.00, of which November's 30 are earned. Revenue: 12.40 + 30.00.
    november = await balances(stage, "2026-11")
    assert november["deferred_revenue"] == "-62.00"
    assert november["revenue"] == "-42.40"
    assert november["tax"] == "-20.88"
    # December: 31 days earned; the credit note takes 30.50 of earned days and 15.50 of January's back, and 9.20 of tax.
    december = await balances(stage, "2026-12")
    assert december["deferred_revenue"] == "-15.50"
    assert december["revenue"] == "-42.90"
    assert december["tax"] == "-11.68"
    assert december["write_offs"] == "5.00"
    january = await balances(stage, "2027-01")
    assert january == {name: amount for name, amount in december.items() if name != "deferred_revenue"} | {
        "revenue": "-58.40"
    }


async def test_each_legal_entity_has_books_of_its_own_that_balance(stage: Stage) -> None:
    """An invoice of the Dutch company, paid by an account that has become the operator's again: the allocation is in
    the books of the invoice, what is left over in those of the account."""
    stage.clock.at = DECEMBER
    lines = [ADVANCE, USAGE]
    assigned = LegalEntityAssigned(account_id="acc-1", version=2, legal_entity="nl")
    invoice = msgspec.structs.replace(issued("inv-1", lines, "2026-11-01"), legal_entity="nl")
    owed = msgspec.structs.replace(receivable("inv-1", amount="125.28"), legal_entity="nl")
    for topic, event in (
        ("invoicing.events", assigned),
        *(("invoicing.events", event) for event in [*drafted("inv-1", lines), invoice]),
        ("payments.events", PayerEntityNoted(account_id="acc-1", legal_entity="nl")),
        ("payments.events", owed),
        ("payments.events", PayerEntityNoted(account_id="acc-1")),
        ("payments.events", paid("pay-1", amount="10.00")),
        ("payments.events", allocated("pay-1", "inv-1", amount="10.00")),
    ):
        await stage.tell(topic, event, actor="key:ann")
    every = {"from": "2026-11", "to": "2026-11"}
    for entity, wanted in (
        ("nl", {"receivables": "115.28", "customer_credit": "10.00"}),
        ("", {"bank": "10.00", "customer_credit": "-10.00"}),
        ("be", {}),
    ):
        answer = await stage.read("/v1/trial-balance", **every, legal_entity=entity)
        closing = {item["account"]: item["closing"] for item in answer["items"] if Decimal(item["closing"])}
        assert sum(map(Decimal, closing.values())) == 0
        assert wanted.items() <= closing.items() and (entity == "nl" or closing == wanted)
    page = await stage.read("/v1/journal", legal_entity="nl", kind="allocation")
    assert [item["legal_entity"] for item in page["items"]] == ["nl"]


async def test_an_entry_is_balanced_and_leads_to_its_event_and_document(stage: Stage) -> None:
    await played(stage)
    page = await stage.read("/v1/journal", document_id="inv-1", kind="invoice")
    JournalPage.model_validate(page)
    (entry,) = page["items"]
    assert entry["id"] == "invoicing-1-4-20261101"
    assert (entry["event_id"], entry["number"], entry["actor"]) == ("invoicing/1/4", "INV-000001", "key:ann")
    assert entry["amount"] == {"amount": "125.28", "currency": "EUR"}
    sides = [
        (each["debit"]["account"], each["credit"]["account"], each["amount"]["amount"]) for each in entry["postings"]
    ]
    assert sides == [
        ("receivables", "deferred_revenue", "92.00"),
        ("receivables", "unbilled_revenue", "12.40"),
        ("receivables", "tax", "20.88"),
    ]
    assert entry["postings"][0]["plan_id"] == "home"
    assert entry["postings"][0]["line_n"] == 1
    JournalEntryShape.model_validate(await stage.read(f"/v1/journal/{entry['id']}"))
    assert (await stage.get("/v1/journal/invoicing-1-4-20200101")).status_code == 404


async def test_the_list_has_what_has_its_day_and_its_totals_are_those_of_what_matches(stage: Stage) -> None:
    await played(stage)
    page = await stage.read("/v1/journal", limit=500)
    assert {entry["booked_on"] for entry in page["items"]} <= {
        f"2026-{month}-{day:02d}" for month in (9, 10, 11, 12) for day in range(1, 32)
    }
    assert max(entry["booked_on"] for entry in page["items"]) < "2026-12-29"
    total = sum(Decimal(entry["amount"]["amount"]) for entry in page["items"])
    assert page["totals"] == [{"currency": "EUR", "amount": str(total), "credit": str(total)}]
    assert page["total"] == len(page["items"])
    later = await stage.read("/v1/journal", to="2027-12-31", limit=500)
    assert later["total"] > page["total"]
    by_account = await stage.read("/v1/journal", account="write_offs")
    assert [entry["kind"] for entry in by_account["items"]] == ["write_off"]
    of_plan = await stage.read("/v1/journal", plan_id="home", kind="accrual")
    assert [entry["booked_on"] for entry in of_plan["items"]] == ["2026-10-31"]
    assert (await stage.get("/v1/journal", account="petty_cash")).status_code == 422
    assert (await stage.get("/v1/journal", role="ingest")).status_code == 403


async def test_accounts_have_the_numbers_of_the_chart_of_their_day(stage: Stage) -> None:
    await stage.tell("payments.events", german(), partition=0)
    await played(stage)
    (accrual,) = (await stage.read("/v1/journal", kind="accrual"))["items"]
    assert accrual["postings"][0]["credit"]["number"] == "4000"
    (first, *_) = (await stage.read("/v1/journal", kind="release", to="2026-11-30"))["items"]
    assert first["postings"][0]["credit"] == {"account": "revenue", "number": "8401", "name": "Home"}
    assert first["postings"][0]["debit"]["number"] == "0990"


def exported(n: int, month: str, cut: int, *, closes: bool = True, opens_on: str | None = None) -> JournalExported:
    """Up to so many events of partition 1 of each log: an event's offset is twice its number."""
    return JournalExported(
        export_id=f"je-{n}",
        n=n,
        month=date.fromisoformat(month),
        closes=closes,
        cut={"invoicing": [0, cut, 0, 0], "payments": [0, cut, 0, 0]},
        chart_version=1,
        opens_on=None if opens_on is None else date.fromisoformat(opens_on),
    )


async def taken(stage: Stage, offset: int = 1000) -> None:
    """As if reporting had read so far."""
    for topic in ("invoicing.events", "payments.events"):
        await stage.pool.execute(
            """
            insert into meterlog.checkpoint (gen, topic, partition, next_offset, inputs)
            select gen, $1, n, $2, '{}' from meterlog.generation, generate_series(0, 3) n where active
            on conflict (gen, topic, partition) do update set next_offset = excluded.next_offset
            """,
            topic,
            offset,
        )


async def file(stage: Stage, export: str, **asked: Any) -> bytes:
    answer = await stage.get(f"/v1/journal-exports/{export}/file", **({"currency": "EUR"} | asked))
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_each_entry_is_in_one_export_and_what_comes_too_late_goes_into_the_next_open_month(stage: Stage) -> None:
    await stage.tell("payments.events", german(), partition=0)
    await played(stage)
    # October is exported when nothing but the draft stood in the log; the invoice of November came later.
    await stage.tell("payments.events", exported(1, "2026-10-01", 7), partition=0)
    await stage.tell("payments.events", exported(2, "2026-11-01", 11, opens_on="2026-11-01"), partition=0)
    late = line(1, "7.00", USAGE.period, kind="usage")
    for event in drafted("inv-9", [late]):
        await stage.tell("invoicing.events", event)
    await stage.tell("payments.events", exported(3, "2026-12-01", 200, opens_on="2026-12-01"), partition=0)
    await taken(stage)
    found: dict[str, str] = {}
    for export, months in (("je-1", ["2026-10"]), ("je-2", ["2026-11"]), ("je-3", ["2026-12"])):
        shape = await stage.read(f"/v1/journal-exports/{export}")
        JournalExportShape.model_validate(shape)
        assert sorted({each["month"] for each in shape["files"]}) == months
        for month in months:
            text = (await file(stage, export, format="csv", month=month)).decode()
            for row in csv.DictReader(io.StringIO(text)):
                key = f"{row['entry_id']}/{row['n']}"
                assert key not in found, "an entry is in one export"
                found[key] = export
    rows = await stage.pool.fetch(
        """select e.entry_id, p.n from journal_entry e join journal_posting p using (partition, log, seq, booked_on)
            where e.booked_on <= '2026-12-31'"""
    )
    assert found.keys() == {f"{row['entry_id']}/{row['n']}" for row in rows}
    (entry,) = [entry for entry in (await stage.read("/v1/journal", invoice_id="inv-9"))["items"]]
    assert (entry["booked_on"], entry["posted_on"], entry["export_id"]) == ("2026-10-31", "2026-12-01", "je-3")
    page = await stage.read("/v1/journal-exports")
    JournalExportPage.model_validate(page)
    assert page["closed_through"] == "2026-12"


async def test_an_export_is_the_same_whenever_it_is_fetched(stage: Stage) -> None:
    await stage.tell("payments.events", german(), partition=0)
    await played(stage)
    await stage.tell("payments.events", exported(1, "2026-11-01", 11), partition=0)
    await taken(stage)
    before = await file(stage, "je-1", format="csv", month="2026-11")
    again = msgspec.structs.replace(german(), version=2, effective_from=date(2026, 11, 1), terms=NEUTRAL)
    await stage.tell("payments.events", again, partition=0)
    for event in drafted("inv-9", [line(1, "7.00", USAGE.period, kind="usage")]):
        await stage.tell("invoicing.events", event)
    assert await file(stage, "je-1", format="csv", month="2026-11") == before


async def test_a_file_waits_until_reporting_has_read_all_that_it_has(stage: Stage) -> None:
    await played(stage)
    await stage.tell("payments.events", exported(1, "2026-11-01", 100), partition=0)
    await taken(stage, 50)
    answer = await stage.get("/v1/journal-exports/je-1/file", format="csv", month="2026-11", currency="EUR")
    assert answer.status_code == 503
    assert "not_taken_yet" in answer.text


async def test_a_datev_file_is_as_the_format_has_it(stage: Stage) -> None:
    """The golden file: header of 31 fields, 125 columns, a row a posting, Windows-1252, decimal commas, CR LF."""
    await stage.tell("payments.events", german(), partition=0)
    await played(stage)
    await stage.tell("payments.events", exported(1, "2026-12-01", 100), partition=0, at=DECEMBER)
    await taken(stage)
    content = await file(stage, "je-1", format="datev", month="2026-12")
    assert content == GOLDEN.read_bytes()
    head, columns, *rows = content.decode("cp1252").split("\r\n")
    assert len(head.split(";")) == 31
    assert len(columns.split(";")) == 125
    assert rows.pop() == ""
    for row in rows:
        cells = next(csv.reader([row], delimiter=";"))
        assert len(cells) == 125
        assert Decimal(cells[0].replace(",", ".")) > 0
        assert cells[1] == "S"
        assert cells[9][2:] == "12"
        assert len(cells[10]) <= 36
        assert len(cells[13]) <= 60


async def test_a_chart_without_datev_has_no_datev_files(stage: Stage) -> None:
    await stage.tell(
        "payments.events",
        ChartOfAccountsSet(effective_from=date(2026, 1, 1), terms=ChartTerms(name="x", rules=NEUTRAL.rules), version=1),
        partition=0,
    )
    await played(stage)
    await stage.tell("payments.events", exported(1, "2026-11-01", 100), partition=0)
    await taken(stage)
    answer = await stage.get("/v1/journal-exports/je-1/file", format="datev", month="2026-11", currency="EUR")
    assert answer.status_code == 409
    files = (await stage.read("/v1/journal-exports/je-1"))["files"]
    assert {each["format"] for each in files} == {"csv"}


async def test_reports_say_by_month_what_is_deferred_unbilled_and_recognised_r59(stage: Stage) -> None:
    await played(stage)
    deferred = (await stage.read("/v1/reports/deferred-revenue", to="2027-01-31"))["items"]
    names = ("month", "opening", "deferred", "released", "closing", "recognised")
    assert [[row[name] for name in names] for row in deferred] == [
        ["2026-10", "0.00", "0.00", "0.00", "0.00", "12.40"],
        ["2026-11", "0.00", "92.00", "30.00", "62.00", "30.00"],
        # 31.00 of the credit note were deferred; of December's 31.00 it takes 15.50, and of November's 15.00.
        ["2026-12", "62.00", "-31.00", "15.50", "15.50", "0.50"],
        ["2027-01", "15.50", "0.00", "15.50", "0.00", "15.50"],
    ]
    unbilled = (await stage.read("/v1/reports/unbilled", group_by="plan", to="2026-12-31"))["items"]
    names = ("month", "plan_id", "opening", "earned", "billed", "closing")
    assert [[row[name] for name in names] for row in unbilled[:2]] == [
        ["2026-10", "home", "0.00", "12.40", "0.00", "12.40"],
        ["2026-11", "home", "12.40", "0.00", "12.40", "0.00"],
    ]
    journal = (await stage.read("/v1/reports/journal", to="2026-12-31"))["items"]
    for month in ("2026-10", "2026-11", "2026-12"):
        of_month = [row for row in journal if row["month"] == month]
        assert sum(Decimal(row["debit"]) for row in of_month) == sum(Decimal(row["credit"]) for row in of_month) > 0
