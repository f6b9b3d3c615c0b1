"""The figures of the reports, against hand-computed ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.reporting.reports import reports
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from tests.services.reporting.given_up import disputed
from tests.services.reporting.stage import SharedApi, Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    line,
    paid,
    profile_opened,
    receivable,
    record,
)

TODAY = date(2026, 10, 12)


def told(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What a report says, without where its figures come from."""
    return [{name: value for name, value in row.items() if name != "rows"} for row in answer["items"]]


def test_every_report_of_the_contract_is_there() -> None:
    contract = (
        "revenue, ar-aging, payment-methods, usage, events-timeline, tax, collections, credit-notes, unbilled,"
        " deferred-revenue, mrr, dunning-funnel, top-customers, journal, kpis"
    )
    assert set(reports()) == {*contract.split(", "), "billing-accuracy", "top-plans"}


@pytest.fixture(scope="module")
def document(reporting_api: SharedApi) -> dict[str, Any]:
    return reporting_api.document()


@pytest.mark.servers
@pytest.mark.parametrize(
    ("days_past_due", "bucket"),
    [
        (-10, "current"),
        (0, "current"),
        (1, "1_30"),
        (30, "1_30"),
        (31, "31_60"),
        (60, "31_60"),
        (61, "61_90"),
        (90, "61_90"),
        (91, "90_plus"),
        (400, "90_plus"),
    ],
)
async def test_an_open_invoice_is_in_exactly_one_bucket(stage: Stage, days_past_due: int, bucket: str) -> None:
    """R53: current, 1-30, 31-60, 61-90, 90+ by days past the due date; buckets do not overlap."""
    await stage.tell("rating.events", account_opened())
    await stage.tell("payments.events", receivable(amount="7.00", due_on=TODAY - timedelta(days=days_past_due)))
    (row,) = (await stage.read("/v1/reports/ar-aging"))["items"]
    amounts = {name: row[name] for name in ("current", "1_30", "31_60", "61_90", "90_plus")}
    assert amounts == dict.fromkeys(amounts, "0.00") | {bucket: "7.00"}
    assert row["open"] == "7.00"


@pytest.mark.servers
async def test_buckets_sum_to_what_is_open_and_credit_is_in_none(stage: Stage) -> None:
    """R53: the buckets sum to open AR, unapplied money has its own column, currencies are never added."""
    await stage.tell(
        "rating.events", account_opened(), account_opened("acc-2"), account_opened("acc-3", currency="USD")
    )
    await stage.tell(
        "payments.events",
        receivable("a", "100.00", due_on=TODAY),
        receivable("b", "14.88", due_on=TODAY - timedelta(days=1)),
        paid("p", "30.00"),
        disputed("b", "14.88"),
        allocated("p", "b", "10.00", open_="4.88", unallocated="20.00"),
        receivable("c", "5.00", due_on=TODAY - timedelta(days=100), account="acc-2"),
        paid("q", "3.00", account="acc-2"),
        receivable("d", "9.00", due_on=TODAY, account="acc-3", currency="USD"),
        receivable("paid", "0.00", due_on=TODAY),
    )
    zero = {"current": "0.00", "1_30": "0.00", "31_60": "0.00", "61_90": "0.00", "90_plus": "0.00"}
    euros = zero | {"current": "100.00", "1_30": "4.88", "90_plus": "5.00", "open": "109.88", "unapplied": "23.00"}
    euros["disputed"] = "4.88"
    dollars = zero | {"current": "9.00", "open": "9.00", "unapplied": "0.00", "disputed": "0.00"}
    answer = await stage.read("/v1/reports/ar-aging")
    assert told(answer) == [{"currency": "EUR", **euros}, {"currency": "USD", **dollars}]
    only = await stage.read("/v1/reports/ar-aging", currency="USD")
    assert told(only) == [{"currency": "USD", **dollars}]
    by_account = await stage.read("/v1/reports/ar-aging", group_by="account", currency="EUR")
    assert [(row["account_id"], row["open"], row["unapplied"]) for row in by_account["items"]] == [
        ("acc-1", "104.88", "20.00"),
        ("acc-2", "5.00", "3.00"),
    ]


@pytest.mark.servers
async def test_an_invoice_ages_at_midnight_in_its_accounts_time_zone(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(zone="Pacific/Auckland"))
    await stage.tell("payments.events", receivable(amount="7.00", due_on=date(2026, 10, 12)))
    buckets = []
    for hour in (10, 11):  # 23:00 on the 12th and midnight of the 13th in Auckland
        stage.clock.at = datetime(2026, 10, 12, hour, tzinfo=UTC)
        (row,) = (await stage.read("/v1/reports/ar-aging"))["items"]
        buckets.append((row["current"], row["1_30"]))
    assert buckets == [("7.00", "0.00"), ("0.00", "7.00")]


@pytest.mark.servers
async def test_kpis_follow_money_month_by_month(stage: Stage) -> None:
    """September: 100 issued, 40 of it paid on the 20th. October: 50 issued, 30 and 10 received; 10 is credit."""
    await stage.tell("rating.events", account_opened())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("a"), record("b")])), partition=2)
    await stage.tell(
        "payments.events",
        receivable("s", "100.00", issued_on=date(2026, 9, 1), due_on=date(2026, 9, 15)),
        paid("p1", "40.00", on=date(2026, 9, 20)),
        allocated("p1", "s", "40.00", open_="60.00"),
        receivable("o", "50.00", issued_on=date(2026, 10, 1), due_on=date(2026, 10, 15)),
        paid("p2", "40.00", on=date(2026, 10, 3)),
        allocated("p2", "s", "30.00", open_="30.00", unallocated="10.00"),
    )
    answer = await stage.read("/v1/reports/kpis")
    figures = {(item["name"], item["currency"]): (item["previous"], item["value"]) for item in answer["items"]}
    assert figures == {
        ("arpu", "EUR"): (None, None),
        ("churn_percent", "EUR"): (None, None),
        ("mrr", "EUR"): ("0.00", "0.00"),
        ("dso", "EUR"): ("54.0", "48.0"),
        ("collection_percent", "EUR"): ("40.0", "80.0"),
        ("overdue_percent", "EUR"): ("100.0", "37.5"),
        ("failed_payment_percent", "EUR"): ("0.0", "0.0"),
        ("credited_percent", "EUR"): ("0.0", "0.0"),
        ("invoiced_month", "EUR"): ("100.00", "50.00"),
        ("collected_month", "EUR"): ("40.00", "40.00"),
        ("outstanding", "EUR"): ("60.00", "80.00"),
        ("overdue", "EUR"): ("60.00", "30.00"),
        ("accounts", None): ("1", "1"),
        ("records_month", None): ("2", "0"),
    }
    by_name = {item["name"]: item for item in answer["items"]}
    outstanding = by_name["outstanding"]
    assert (outstanding["delta"], outstanding["delta_percent"], outstanding["unit"]) == ("20.00", "33.3", "money")
    assert (by_name["dso"]["delta"], by_name["overdue_percent"]["delta_percent"]) == ("-6.0", None)
    assert set(by_name) == {figure.name for figure in reports()["kpis"].figures}
    (september, october) = (await stage.read("/v1/reports/collections"))["items"][-2:]
    assert [september[name] for name in ("invoiced", "collected", "outstanding", "dso")] == [
        *("100.00", "40.00", "60.00", "54.0"),
    ]
    assert (october["collection_percent"], october["overdue"]) == ("80.0", "30.00")
    series = answer["items"][0]["series"]
    assert [point["date"] for point in series][-2:] == ["2026-09-01", "2026-10-01"]
    assert len(series) == 13


@pytest.mark.servers
async def test_revenue_is_net_and_by_date_of_issue(stage: Stage) -> None:
    lines = (line(1, "10.00", charge="c1", kind="recurring"), line(2, "2.40", charge="c2"))
    await stage.tell("invoicing.events", profile_opened(), *drafted("draft"), *drafted("i", lines=lines))
    await stage.tell("invoicing.events", issued("i", lines=lines))
    answer = await stage.read("/v1/reports/revenue")
    (row,) = told(answer)
    assert row == {
        "group": "2026-10-01",
        "currency": "EUR",
        "recurring": "10.00",
        "usage": "2.40",
        "true_up": "0.00",
        "one_time": "0.00",
        "other": "0.00",
        "net": "12.40",
        "lines": 2,
    }
    assert (await stage.read("/v1/reports/revenue", **{"to": "2026-09-30"}))["items"] == []
    by_plan = await stage.read("/v1/reports/revenue", group_by="plan", **{"from": "2026-10-01", "to": "2026-10-01"})
    assert [(item["group"], item["net"]) for item in by_plan["items"]] == [("home", "12.40")]


@pytest.mark.servers
async def test_usage_is_counted_by_day_with_what_became_of_it(stage: Stage) -> None:
    aside = [SetAside("duplicate", "olt", "a", started_at=int(datetime(2026, 9, 10, tzinfo=UTC).timestamp()) * 10**6)]
    records = [record("a"), record("x", account=None, reason="no_subscription")]
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of(records), set_aside=aside), partition=2)
    answer = await stage.read("/v1/reports/usage", **{"from": "2026-09-10", "to": "2026-09-10"})
    rows = {row["meter"]: row for row in told(answer)}
    assert rows["data.octets"] == {
        "group": "2026-09-10",
        "meter": "data.octets",
        "records": 2,
        "accepted": 1,
        "quarantined": 1,
        "duplicates": 0,
        "conflicts": 0,
        "quantity": "5",
    }
    assert rows[""]["duplicates"] == 1


@pytest.mark.servers
@pytest.mark.parametrize(
    ("name", "parameters", "echoed"),
    [
        ("ar-aging", {"currency": "EUR"}, (None, None, None, "EUR")),
        ("revenue", {}, ("2025-10-01", "2026-10-12", "month", None)),
        ("revenue", {"from": "2026-10-01", "group_by": "plan"}, ("2026-10-01", "2026-10-12", "plan", None)),
        ("usage", {"to": "2026-09-30"}, ("2026-09-01", "2026-09-30", "day", None)),
        ("kpis", {"from": "2026-08-15"}, ("2026-08-01", "2026-10-12", None, None)),
    ],
)
async def test_a_report_says_what_it_answers_and_its_rows_are_as_documented(
    stage: Stage,
    document: dict[str, Any],
    name: str,
    parameters: dict[str, str],
    echoed: tuple[str | None, ...],
) -> None:
    await stage.tell("invoicing.events", profile_opened(), *drafted("i"), issued("i"))
    await stage.tell("payments.events", receivable("i"))
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of([record("a")])), partition=2)
    answer = await stage.read(f"/v1/reports/{name}", **parameters)
    assert (answer["from"], answer["to"], answer["group_by"], answer["currency"]) == echoed
    for row in answer["items"]:
        reports()[name].item.model_validate(row, extra="forbid")
    shown = document["paths"][f"/v1/reports/{name}"]["get"]["responses"]["200"]["content"]["application/json"]
    schema = document["components"]["schemas"][shown["schema"]["$ref"].rsplit("/")[-1]]
    row = document["components"]["schemas"][schema["properties"]["items"]["items"]["$ref"].rsplit("/")[-1]]
    assert not answer["items"] or set(answer["items"][0]) <= set(row["properties"])


@pytest.mark.servers
@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        ("horoscope", {}, 404, "not_found"),
        ("mrr", {"from": "1976-10-13"}, 422, "invalid"),
        ("revenue", {"from": "1990-01-01", "to": "2000-01-10", "group_by": "day"}, 422, "invalid"),
        ("kpis", {"from": "2021-01-01"}, 422, "invalid"),
        ("usage", {"from": "2026-10-13"}, 422, "invalid"),
        ("tax", {"group_by": "rate) from account_row --"}, 422, "invalid"),
        ("tax", {"from": "2026-02-30"}, 422, None),
        ("collections", {"currency": "eur"}, 422, None),
        ("collections", {"currency": "E' or '1'='1"}, 422, None),
        ("events-timeline", {"currency": "EUR"}, 422, "unsupported"),
        ("rows/billed-lines", {"currency": "' or 1=1 --", "colour": "red"}, 400, "unknown_parameter"),
        ("rows/open-items", {"days_from": "many"}, 422, None),
        ("rows/horoscope", {}, 404, "not_found"),
        ("ar-aging", {"from": "2026-09-01"}, 422, "unsupported"),
        ("kpis", {"group_by": "month"}, 422, "unsupported"),
        ("revenue", {"group_by": "colour"}, 422, "invalid"),
        ("revenue", {"from": "2026-09-02", "to": "2026-09-01"}, 422, "invalid"),
        ("revenue", {"from": "2026-9-2"}, 422, None),
        ("revenue", {"colour": "red"}, 400, "unknown_parameter"),
        ("revenue", {"currency": "EURO"}, 422, None),
    ],
)
async def test_a_question_that_no_report_answers_is_refused(
    stage: Stage, path: str, parameters: dict[str, str], status: int, code: str | None
) -> None:
    answer: Any = await stage.get(f"/v1/reports/{path}", **parameters)
    assert answer.status_code == status
    assert code is None or answer.json()["errors"][0]["code"] == code


ABSURD: tuple[dict[str, str], ...] = (
    {},
    {"from": "2026-10-12", "to": "2026-10-12"},
    {"from": "2024-02-29", "to": "2026-02-28"},
    {"from": "2017-01-01"},
    {"to": "1970-01-01"},
    {"to": "2999-12-31"},
    {"from": "2999-01-01", "to": "2999-12-31"},
    {"currency": "XXX"},
    {"currency": "JPY"},
)


@pytest.mark.servers
async def test_whatever_is_asked_of_an_empty_installation_is_answered_or_refused_by_name(stage: Stage) -> None:
    for report in reports().values():
        for question in ABSURD:
            for group in (None, *report.groups):
                asked = {**question, **({"group_by": group} if group else {})}
                if not set(asked) <= set(report.takes):
                    continue
                answer = await stage.get(f"/v1/reports/{report.name}", **asked)
                assert answer.status_code in (200, 422), (report.name, asked)
                if answer.status_code == 422:
                    assert answer.json()["errors"][0]["detail"], (report.name, asked)


@pytest.mark.servers
async def test_the_catalogue_has_every_report_with_what_its_figures_mean(stage: Stage) -> None:
    told = await stage.read("/v1/reports")
    assert [entry["name"] for entry in told["items"]] == sorted(reports())
    for entry in told["items"]:
        assert entry["definition"].endswith(".") and "\n" not in entry["definition"]
        assert all(column["definition"] for column in entry["columns"] + entry["figures"])
        percents = [column for column in entry["columns"] if column["kind"] in ("percent", "days")]
        assert all(column["formula"] for column in percents if column["name"] != "rate")
