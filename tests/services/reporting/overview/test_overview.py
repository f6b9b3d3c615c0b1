"""What the console opens with, the customers, the search, and what is not there yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from services.payments.automatic_top_up.messages import (
    AutomaticTopUpSet,
    AutomaticTopUpSwitchedOff,
    AutomaticTopUpTerms,
)
from services.rating.spend_alert.messages import SpendAlertRemoved, SuspensionAsked
from services.reporting.overview.api import NOTICES
from services.reporting.search.api import FOUND_MAX, SEARCH_SQL
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from services.usage.source.messages import SourceChanged, SourceDefined, SourceDeleted, SourceTerms
from shared.kernel.outcome import CommandFaulted
from tests.services.reporting.corrections import delivery_of
from tests.services.reporting.limited import limited
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    OCTOBER,
    SEPTEMBER,
    account_opened,
    allocated,
    carried_forward,
    carried_line,
    closed,
    cycle_defined,
    drafted,
    issued,
    line,
    locked,
    paid,
    parked,
    plan_published,
    profile_opened,
    receivable,
    record,
    subscription_started,
)

pytestmark = pytest.mark.servers


async def test_an_empty_house_has_every_step_before_it(stage: Stage) -> None:
    overview = await stage.read("/v1/overview")
    steps = [step["step"] for step in overview["checklist"]]
    assert steps == ["cycle", "plan", "account", "subscription", "usage", "invoice"]
    assert not any(step["done"] for step in overview["checklist"])
    assert (overview["accounts"], overview["totals"], overview["as_of"]) == (0, [], "2026-10-12T08:00:00Z")


async def tell_a_month(stage: Stage) -> None:
    name = await stage.vault.seal("acc-1", "Ann Example")
    await stage.tell("rating.events", cycle_defined(), *plan_published(), partition=0)
    await stage.tell("rating.events", account_opened(name=name), subscription_started())
    records = [record("r1"), record("x", account=None, reason="unknown_resource")]
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of(records)), partition=3)
    await stage.tell("invoicing.events", profile_opened(), *drafted(), issued(), *drafted("inv-2"))
    await stage.tell("payments.events", receivable(), paid("pay-1", "12.00"))
    await stage.tell("payments.events", allocated(amount="10.00", open_="4.88", unallocated="2.00"))


async def test_the_overview_counts_what_is_there(stage: Stage) -> None:
    await tell_a_month(stage)
    stage.clock.at = datetime(2026, 10, 20, tzinfo=UTC)
    overview = await stage.read("/v1/overview", role="support")
    assert all(step["done"] for step in overview["checklist"])
    assert overview["invoices"] == {"draft": 1, "issued": 1}
    assert overview["usage"] == {"records": 2, "quarantined": 1}
    assert overview["totals"] == [
        {"currency": "EUR", "invoiced": "14.88", "paid": "10.00", "open": "4.88", "overdue": "4.88"}
    ]


async def test_attention_names_only_what_there_is(stage: Stage) -> None:
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    await tell_a_month(stage)
    faulted = CommandFaulted(
        command_type="rating.OpenAccount.v1",
        subject="acc-1",
        error="!",
        topic="rating.commands",
        offset=7,
        payload="{}",
    )
    await stage.tell("rating.events", faulted)
    stage.clock.at = datetime(2026, 10, 20, tzinfo=UTC)
    items = (await stage.read("/v1/overview/attention"))["items"]
    assert [(item["kind"], item["count"], item["severity"]) for item in items] == [
        ("dead_letters", 1, "error"),
        ("quarantined_usage", 1, "warning"),
        ("overdue_invoices", 1, "warning"),
    ]


async def test_an_account_at_its_spend_cap_asks_for_attention_while_that_period_is_open(stage: Stage) -> None:
    asked = SuspensionAsked(
        alert_id="cap-1",
        account_id="acc-1",
        period=SEPTEMBER,
        threshold=Decimal("50.00"),
        amount=Decimal("50.20"),
        currency="EUR",
    )
    await stage.tell("rating.events", account_opened(), account_opened("acc-2"), subscription_started())
    await stage.tell("rating.events", asked, msgspec.structs.replace(asked, alert_id="cap-2"))
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("spend_caps_reached", 1, "/customers?status=capped")
    found = await stage.read("/v1/customer-configs", role="auditor", spend_cap_reached="true")
    assert [customer["account_id"] for customer in found["items"]] == ["acc-1"]
    for alert_id in ("cap-1", "cap-2"):
        await stage.tell("rating.events", SpendAlertRemoved(alert_id=alert_id, account_id="acc-1"))
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    await stage.tell("rating.events", asked, closed(SEPTEMBER, OCTOBER))
    assert (await stage.read("/v1/overview/attention"))["items"] == []


async def test_a_top_up_rule_that_has_switched_itself_off_asks_for_attention_until_somebody_sets_it(
    stage: Stage,
) -> None:
    asked, moved, _ = limited()
    ready = msgspec.structs.replace(moved, available=Decimal("1.00"), standing="ok")
    terms = AutomaticTopUpTerms(
        threshold=Decimal("5.00"),
        amount=Decimal("20.00"),
        currency="EUR",
        monthly_count=3,
        monthly_amount=Decimal("60.00"),
    )
    rule = AutomaticTopUpSet(account_id=asked.key, terms=terms, enabled=True, version=1)
    off = AutomaticTopUpSwitchedOff(account_id=asked.key, reason="stolen_card", version=2)
    await stage.tell("payments.events", asked, ready, rule, off)
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("top_ups_switched_off", 1, "/credit?status=top_up_off")
    await stage.tell("payments.events", msgspec.structs.replace(rule, enabled=False, version=3))
    assert (await stage.read("/v1/overview/attention"))["items"] == []


async def test_an_account_at_the_end_of_its_credit_asks_for_attention_until_there_is_some_again(stage: Stage) -> None:
    asked, moved, restricted = limited()
    await stage.tell("payments.events", asked, moved, restricted)
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("credit_limits_reached", 1, "/credit?status=over")
    await stage.tell("payments.events", msgspec.structs.replace(moved, available=Decimal("1.00"), standing="ok"))
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    # Without a limit nobody keeps an eye on it.
    await stage.tell("payments.events", moved, msgspec.structs.replace(asked, watched=False))
    assert (await stage.read("/v1/overview/attention"))["items"] == []


async def test_a_source_that_is_silent_for_longer_than_was_said_asks_for_attention_until_it_is_heard(
    stage: Stage,
) -> None:
    watched = SourceTerms(silent_after_s=900)
    await stage.tell("usage.events", SourceDefined(source_id="olt-12", terms=watched), partition=0)
    await stage.tell("usage.events", SourceDefined(source_id="olt-13", terms=SourceTerms()), partition=0)
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    stage.clock.at += timedelta(seconds=901)
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("sources_silent", 1, "/usage/sources?status=silent")
    # A duplicate is heard too: the equipment is there.
    heard = UsageRecorded(records=RecordedColumns.of([]), set_aside=[SetAside("duplicate", "olt-12", "r1")])
    await stage.tell("usage.events", heard, partition=3)
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    stage.clock.at += timedelta(seconds=901)
    assert len((await stage.read("/v1/overview/attention"))["items"]) == 1
    unwatched = SourceChanged(source_id="olt-12", version=2, terms=SourceTerms())
    await stage.tell("usage.events", unwatched, partition=0)
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    await stage.tell("usage.events", SourceChanged(source_id="olt-12", version=3, terms=watched), partition=0)
    assert len((await stage.read("/v1/overview/attention"))["items"]) == 1
    await stage.tell("usage.events", SourceDeleted(source_id="olt-12"), partition=0)
    assert (await stage.read("/v1/overview/attention"))["items"] == []


async def test_a_draft_below_zero_asks_for_attention_until_it_is_carried_forward(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened(), *drafted(lines=(line(net="-35.00"),)))
    items = (await stage.read("/v1/overview/attention"))["items"]
    assert [(item["kind"], item["count"], item["severity"]) for item in items] == [
        ("invoices_below_zero", 1, "warning")
    ]
    listed = await stage.read("/v1/invoices", below_zero="true")
    [found] = listed["items"]
    assert listed["totals"][0]["total"] == "-42.00"
    issue = found["allowed_actions"][0]
    assert (issue["action"], issue["allowed"]) == ("issue", False)
    assert issue["reason"] == "it comes to less than zero: the amount is carried forward to the account's next invoice"
    own, carried = line(net="40.00", charge="ch-2"), carried_line(n=2, net="-35.00", source="inv-1")
    await stage.tell("invoicing.events", *carried_forward("inv-1", "inv-2", lines=(own,), carried=carried))
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    before, after = await stage.read("/v1/invoices/inv-1"), await stage.read("/v1/invoices/inv-2")
    assert (before["status"], before["carried_into"]) == ("carried_forward", "inv-2")
    assert not before["allowed_actions"][0]["allowed"]
    assert (after["net"]["amount"], after["total"]["amount"], after["version"]) == ("5.00", "6.00", 3)
    assert [(row["carried_from"], row["charge_id"], row["net"]["amount"]) for row in after["lines"]] == [
        (None, "ch-2", "40.00"),
        ("inv-1", None, "-35.00"),
    ]
    assert (await stage.read("/v1/invoices"))["totals"][0]["total"] == "6.00"


async def test_an_invoice_that_waits_for_its_number_for_over_a_minute_asks_for_attention(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened(), *drafted(), locked())
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    stage.clock.at += timedelta(seconds=61)
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("locked_invoices", 1, "/invoices?status=locked")
    assert [one["id"] for one in (await stage.read("/v1/invoices", status="locked"))["items"]] == ["inv-1"]
    await stage.tell("invoicing.events", issued())
    assert (await stage.read("/v1/overview/attention"))["items"] == []


async def test_usage_that_waits_in_rating_asks_for_attention_record_by_record(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), subscription_started())
    await stage.tell(
        "usage.events", UsageRecorded(records=RecordedColumns.of([record("r1"), record("r2")])), partition=3
    )
    await stage.tell("rating.events", parked(3, 1, 0, 1))
    items = (await stage.read("/v1/overview/attention"))["items"]
    assert {item["kind"]: item["count"] for item in items} == {"parked_inputs": 1, "unrated_usage": 2}
    found = await stage.read("/v1/usage/records", state="accepted", reason="account_parked")
    assert found["total"] == 2, "the list that it leads to"
    told = await stage.read("/internal/set-aside", role="service")
    assert told == {"services": {"rating": {"parked_inputs": 1, "dead_letters": 0}}, "sources_silent": 0}


async def test_a_delivery_that_went_wrong_asks_for_attention(stage: Stage) -> None:
    await stage.tell("invoicing.events", *delivery_of("email"), *delivery_of("print", "sent"))
    assert (await stage.read("/v1/overview/attention"))["items"] == []
    await stage.tell("invoicing.events", *delivery_of("webhook", "gone"))
    (item,) = (await stage.read("/v1/overview/attention"))["items"]
    assert (item["kind"], item["count"], item["link"]) == ("failed_deliveries", 1, "/invoices/deliveries")


async def test_the_next_run_of_a_cycle_is_over_what_ends_first_and_expects_what_came_before(stage: Stage) -> None:
    await stage.tell("rating.events", cycle_defined(), partition=0)
    assert (await stage.read("/v1/overview/next-runs"))["items"] == []
    await stage.tell("rating.events", account_opened(), subscription_started(), closed(SEPTEMBER, OCTOBER))
    await stage.tell("rating.events", account_opened("acc-2"), subscription_started("acc-2", "line-2"))
    await stage.tell("invoicing.events", profile_opened(), *drafted(), issued(), *drafted("inv-2", account="acc-2"))
    (run,) = (await stage.read("/v1/overview/next-runs", role="support"))["items"]
    assert run == {
        **{"cycle_id": "monthly", "name": "Monthly", "target_date": "2026-10-01", "customers": 1, "drafts": 1},
        "expected": [{"currency": "EUR", "amount": "14.88", "like": "2026-10-01"}],
    }


async def test_a_customer_is_one_line_from_four_services(stage: Stage) -> None:
    await tell_a_month(stage)
    stage.clock.at = datetime(2026, 10, 20, tzinfo=UTC)
    page = await stage.read("/v1/customer-configs", role="support", overdue="true", plan_id="home")
    assert page["items"] == [
        {
            "account_id": "acc-1",
            "name": "Ann Example",
            "currency": "EUR",
            "cycle": {
                "id": "monthly",
                "name": "Monthly",
                "frequency": "month",
                "anchor_day": 1,
                "anchor_month": None,
                "counts_from": None,
                "time_zone": "Europe/Paris",
            },
            "tax_rate": "20",
            "tax": {"kind": "account_rate", "rate": "20"},
            "terms_source": "operator",
            "status": "active",
            **dict.fromkeys(("held_reason", "closed_on", "parent_id")),
            **dict.fromkeys(("address", "tax_id", "email", "language", "electronic_address", "buyer_reference")),
            "terms_days": 14,
            "opened_on": "2026-08-15",
            "open_period": {"start": "2026-09-01", "end": "2026-10-01"},
            "subscriptions": 1,
            "open": {"amount": "4.88", "currency": "EUR"},
            "overdue": {"amount": "4.88", "currency": "EUR"},
            "credit": {"amount": "2.00", "currency": "EUR"},
            "dunning": {
                **{"status": "none", "access": "open", "step": 0},
                **dict.fromkeys(("policy_id", "case_id", "since", "step_name", "restricted_on", "days_to_restriction")),
            },
        }
    ]
    assert (await stage.read("/v1/customer-configs/acc-1", role="auditor"))["name"] == "sealed"
    assert (await stage.get("/v1/customer-configs/nobody")).status_code == 404


@pytest.mark.parametrize(
    ("query", "kind", "found"),
    [
        ("inv-0000", "invoice", "inv-1"),
        ("inv-2", "invoice", "inv-2"),
        ("INV-0000", "invoice", "inv-1"),
        ("acc", "account", "acc-1"),
        ("ACC-", "account", "acc-1"),
        ("line-1", "subscription", "line-1"),
        ("pay", "payment", "pay-1"),
        ("home", "plan", "home"),
        ("r1", "usage_record", "olt-12.par3/r1"),
        ("rating/1/1", "event", "rating/1/1"),
    ],
)
async def test_search_finds_things_by_number_or_id(stage: Stage, query: str, kind: str, found: str) -> None:
    await tell_a_month(stage)
    items = (await stage.read("/v1/search", q=query))["items"]
    assert (items[0]["kind"], items[0]["id"]) == (kind, found)


async def test_search_takes_beginnings_in_any_case_and_puts_the_whole_id_first(stage: Stage) -> None:
    ids = ("CUST-13", "cust-130", "Cust-133", "cust-2", "cust_13", *(f"cust-13-{n:02}" for n in range(20)))
    await stage.tell("rating.events", *(account_opened(account_id) for account_id in ids))
    for query in ("cust-13", "CUST-13"):
        found = [item["id"] for item in (await stage.read("/v1/search", q=query))["items"] if item["kind"] == "account"]
        assert (found[0], len(found)) == ("CUST-13", 8)
        assert "cust-2" not in found and "cust_13" not in found
    assert [item["id"] for item in (await stage.read("/v1/search", q="CUST-133"))["items"]] == ["Cust-133"]
    customers = await stage.read("/v1/customer-configs", role="auditor", q="CUST-133")
    assert [customer["account_id"] for customer in customers["items"]] == ["Cust-133"]


async def test_search_is_answered_by_indexes(stage: Stage) -> None:
    """Without them each keystroke in the palette would read every invoice."""
    async with stage.pool.acquire() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off")
        plan = await connection.fetch(f"explain {SEARCH_SQL}", "cust-13", FOUND_MAX)
    text = "\n".join(row[0] for row in plan)
    tables = ("invoice_row_number", "invoice_row", "account_row", "subscription_row", "payment_row")
    assert [table for table in tables if f"{table}_begins" not in text] == []


async def test_equipment_reads_nothing(stage: Stage) -> None:
    paths = ("/v1/overview", "/v1/invoices", "/v1/usage/records", "/v1/reports/kpis", "/v1/search?q=a", "/v1/events")
    assert {(await stage.get(path, role="ingest")).status_code for path in paths} == {403}
    assert {(await stage.get(path, role=None)).status_code for path in paths} == {401}


async def test_the_openapi_document_describes_parameters_and_shapes(stage: Stage) -> None:
    document = await stage.read("/openapi.json", role=None)
    operation = document["paths"]["/v1/invoices"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert {"status", "payment_status", "overdue", "q", "from", "to", "sort", "page", "size", "cursor"} <= names
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/InvoicePage"}


def test_whatever_asks_for_attention_says_where_it_is_seen_to() -> None:
    assert [notice.kind for notice in NOTICES if notice.link is None] == []
