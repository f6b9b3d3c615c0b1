"""Two companies and a small customer for a quarter, as a stranger would have them: all amounts worked out by hand.

Fibre is 29.90 a month in advance and 0.05 a started GB, Giga 49.90 and 0.03. Mini is 5.00 in arrears. North pays for
its branches a and b, with 10 % off two periods; South is exempt until February; VAT is 21 %, from 15 January 22.5 %.

    North  Nov  49.90 + 29.90 in advance                                           net  79.80  tax 16.76  total  96.56
           Dec  a from Fibre to Giga on the 16th: −15.43 + 25.75; 49.90 + 49.90;
                34 GB 1.02, 120 GB 6.00, 200 GB 6.00; 123.14 less 12.31            net 110.83  tax 23.27  total 134.10
           Jan  b back to Fibre on the 10th: −35.41 + 21.22; 29.90 + 49.90;
                1.50 + 2.50, 11 GB 0.33; 69.94 less 6.99                            net  62.95  tax 14.16  total  77.11
           Feb  29.90 + 49.90; the coupon is used up                                net  79.80  tax 17.96  total  97.76
    South  Nov  29.90; Dec 29.90 + 7 GB 0.35, exempt                                net  29.90; 30.25
           Jan  29.90 + 99 GB 4.95, late fees 4.00 twice, interest 0.04 twice       net  42.93  tax  7.84  total  50.77
                issued anew, since the exemption was renewed                        net  42.93  tax  0.00  total  42.93
           Feb  ended on the 15th: −14.95 + 4 GB 0.20 + interest 0.21 + 0.11        net −14.43
    Tiny   Dec  5.00, below the minimum of 12.00; Jan 5.00 + 5.00                   net  10.00  tax  2.10  total  12.10
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import ADDRESS, GB, Operator

pytestmark = pytest.mark.servers

PLANS = {"fibre": ("29.90", "advance", "0.05"), "giga": ("49.90", "advance", "0.03"), "mini": ("5.00", "arrears", None)}
ACCOUNTS: dict[str, dict[str, str]] = {
    "north": {},
    "north-a": {"parent_id": "north", "billed_by": "north"},
    "north-b": {"parent_id": "north", "billed_by": "north"},
    "south": {},
    "tiny": {},
}
SUBSCRIPTIONS = {"north-a": "fibre", "north-b": "giga", "south": "fibre", "tiny": "mini"}
LATE_FEES = {
    **{"id": "late", "name": "Late", "currency": "EUR", "grace_days": 2},
    "steps": [
        {"after_days": 5, "fee": {"flat": "4.00"}},
        {"after_days": 10, "fee": {"daily_interest": {"annual_rate": "9", "days_in_year": "365"}}},
    ],
}
RATES = "id;jurisdiction_id;tax;rate;effective_from;effective_to\n"
CSV = {"Content-Type": "text/csv"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("quarter")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def import_rates(op: Operator, *rows: str) -> dict[str, Any]:
    text = RATES + "\n".join(rows)
    told: dict[str, Any] = await op.ask("POST", "/v1/tax/rates/import", content=text, headers=CSV)
    return {name: told[name] for name in ("added", "changed", "unchanged")}


async def set_up(op: Operator) -> None:
    await op.ask("PUT", "/v1/clock", json={"now": "2026-11-30T12:00:00Z"})
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
    await op.create("/v1/billing-cycles", cycle)
    for plan, (flat, bill, unit) in PLANS.items():
        prices: list[dict[str, Any]] = [{"model": "flat", "amount": flat, "interval": "month", "bill": bill}]
        if unit is not None:
            prices.append({"model": "per_unit", "meter": "data.octets", "unit_price": unit, "unit_size": str(GB)})
        await op.create("/v1/plans", {"id": plan, "name": plan.title(), "currency": "EUR", "prices": prices})
        await op.ask("POST", f"/v1/plans/{plan}/versions/1/publish", json={"effective_from": "2026-11-01"})
    body = {"currency": "EUR", "cycle_id": "monthly", "tax_rate": "21", "address": ADDRESS}
    for account, more in ACCOUNTS.items():
        await op.create("/v1/accounts", {"id": account, "name": account.title(), **body, **more})
    for account, plan in SUBSCRIPTIONS.items():
        subscription = {"id": f"s-{account}", "account_id": account, "plan_id": plan, "start": "2026-12-01"}
        await op.create("/v1/subscriptions", subscription)
        await op.create("/v1/resources", {"id": f"mac:{account}"})
        assignment = {"account_id": account, "subscription_id": f"s-{account}", "from": "2026-11-30T23:00:00Z"}
        await op.create(f"/v1/resources/mac:{account}/assignments", assignment)


async def set_terms(op: Operator) -> None:
    """Taxes, an exemption that ends, a coupon, late fees, and an approval above 100.00."""
    places = "id;level;name\nBE;country;Belgium\n"
    await op.ask("POST", "/v1/tax/jurisdictions/import", content=places, headers=CSV)
    await import_rates(op, "be-2020;BE;TVA;21;2020-01-01;")
    tax = {"tax": {"kind": "determined", "seller": {"country": "BE"}, "place": {"country": "BE"}}}
    for account in ("north", "south"):
        await op.ask("PATCH", f"/v1/accounts/{account}/bill-profile", json=tax)
    exempt = {"account_id": "south", "jurisdiction_id": "BE", "certificate": "BE-42", "valid_from": "2026-12-01"}
    await op.create("/v1/tax/exemptions", {**exempt, "valid_to": "2027-02-01"})
    coupon = {"id": "TEN", "name": "Ten off", "discount": {"percent": "10"}, "duration": {"periods": 2}}
    await op.create("/v1/coupons", coupon)
    await op.create("/v1/accounts/north/discounts", {"coupon": "TEN", "starts_on": "2026-12-01"})
    await op.create("/v1/late-fee-policies", LATE_FEES)
    await op.ask("PATCH", "/v1/accounts/south/bill-profile", json={"late_fee_policy": "late"})
    approval = {"approval": {"above": [{"amount": "100.00", "currency": "EUR"}]}}
    await op.ask("PUT", "/v1/invoice-policy", json=approval)


async def use(op: Operator, n: int, account: str, quantity: int, on: str) -> None:
    said = {"id": f"r{n}", "source": "olt-1", "resource": f"mac:{account}", "meter": "data.octets"}
    instants = {"started_at": f"{on}T12:00:00Z", "ended_at": f"{on}T12:05:00Z"}
    record = {**said, "quantity": str(quantity), **instants}
    await op.ask("POST", "/v1/usage/records", json=[record], status=202)


async def bill(op: Operator, on: str) -> dict[str, Any]:
    minimum = {"zero_invoices": "skip", "minimum": [{"amount": "12.00", "currency": "EUR"}]}
    asked = {"scope": {"cycle_id": "monthly"}, "target_date": on, "policy": minimum}
    run = await op.create("/v1/billing-runs", asked)
    while run["status"] == "running":
        run = await op.get(f"/v1/billing-runs/{run['id']}")
    return {name: run[name] for name in ("invoices", "deferred", "waiting_approval", "failed")}


async def issued_on(op: Operator, account: str, day: str, total: int = 1) -> list[dict[str, Any]]:
    """The invoices that were issued to an account on a day, by their periods."""
    found = await op.until("/v1/invoices", total, account_id=account, status="issued", **{"from": day, "to": day})
    return sorted(found, key=lambda invoice: str(invoice["period"]["start"]))


async def come_to(op: Operator, account: str, day: str, *expected: list[str]) -> None:
    """Net, tax, total, what is paid and what is due of each of these, as soon as credit that pays them has."""

    async def sums() -> list[list[str]]:
        names = ("net", "tax", "total", "paid", "due")
        found = await issued_on(op, account, day, len(expected))
        return [[invoice[name]["amount"] for name in names] for invoice in found]

    await until(sums, [*expected].__eq__)


async def balance(op: Operator, account: str, **query: str) -> str:
    found: str = (await op.get(f"/v1/accounts/{account}/balance", **query))["balance"]["amount"]
    return found


async def test_december_waits_for_an_approval_and_outlives_a_kill(op: Operator) -> None:
    await set_up(op)
    await set_terms(op)
    await op.advance("2026-12-10T14:00:00Z")
    for n, (account, quantity) in enumerate([("north-a", 120 * GB), ("north-b", 33_333_333_333), ("south", 7 * GB)]):
        await use(op, n, account, quantity, "2026-12-09")
    change = {"plan_id": "giga", "effective_on": "2026-12-16"}
    await op.ask("POST", "/v1/subscriptions/s-north-a/change-plan", json=change)
    await op.advance("2026-12-20T14:00:00Z")
    await use(op, 3, "north-a", 200 * GB, "2026-12-20")

    await op.advance("2027-01-01T02:00:00Z")
    assert await bill(op, "2027-01-01") == {"invoices": 3, "deferred": 1, "waiting_approval": 1, "failed": 0}
    (draft,) = await op.until("/v1/invoices", 1, account_id="north", status="draft")
    invoice = f"/v1/invoices/{draft['id']}"
    version = (await op.get(invoice))["version"]
    approved = await op.ask("POST", f"{invoice}/approve", json={}, headers={"If-Match": str(version)})
    assert approved["approval"]["status"] == "approved"
    for name in op.stack.pids():
        if name.startswith("invoicing"):
            op.stack.send(name, signal.SIGKILL)
    issued = await issue_until_answered(op, invoice)
    assert (issued["id"], issued["status"]) == (draft["id"], "issued")

    await come_to(
        op,
        "north",
        "2027-01-01",
        ["79.80", "16.76", "96.56", "0.00", "96.56"],
        ["110.83", "23.27", "134.10", "0.00", "134.10"],
    )
    await come_to(
        op,
        "south",
        "2027-01-01",
        ["29.90", "0.00", "29.90", "0.00", "29.90"],
        ["30.25", "0.00", "30.25", "0.00", "30.25"],
    )


async def test_january_has_another_rate_a_credit_late_fees_and_what_was_deferred(op: Operator) -> None:
    await op.advance("2027-01-10T10:00:00Z")
    paid = {"account_id": "north", "amount": {"amount": "230.67", "currency": "EUR"}, "method": "bank_transfer"}
    await op.create("/v1/payments", {**paid, "received_on": "2027-01-10"})
    await until(lambda: balance(op, "north"), "-0.01".__eq__)
    await op.advance("2027-01-14T12:00:00Z")
    rates = ("be-2020;BE;TVA;21;2020-01-01;2027-01-15", "be-2027;BE;TVA;22.5;2027-01-15;")
    assert await import_rates(op, *rates) == {"added": 1, "changed": 1, "unchanged": 0}
    await op.advance("2027-01-20T09:00:00Z")
    change = {"plan_id": "fibre", "effective_on": "2027-01-10"}
    await op.ask("POST", "/v1/subscriptions/s-north-b/change-plan", json=change)
    used = [("north-a", 10_500_000_000, "05"), ("north-b", 50 * GB, "05"), ("north-b", 50 * GB, "15")]
    for n, (account, quantity, day) in enumerate([*used, ("south", 99 * GB, "19")], start=10):
        await use(op, n, account, quantity, f"2027-01-{day}")
    await op.advance("2027-01-25T10:00:00Z")
    _, december = await issued_on(op, "north", "2027-01-01", 2)
    credit = {"reason": "goodwill", "amount": {"amount": "25.00", "currency": "EUR"}}
    note = await op.create(f"/v1/invoices/{december['id']}/credit-notes", credit)
    assert [note[name]["amount"] for name in ("net", "tax", "total")] == ["20.66", "4.34", "25.00"]
    await until(lambda: balance(op, "north"), "-25.01".__eq__)

    await op.advance("2027-02-01T02:00:00Z")
    assert await bill(op, "2027-02-01") == {"invoices": 3, "deferred": 0, "waiting_approval": 0, "failed": 0}
    await come_to(op, "north", "2027-02-01", ["62.95", "14.16", "77.11", "25.01", "52.10"])
    await come_to(op, "south", "2027-02-01", ["42.93", "7.84", "50.77", "0.00", "50.77"])
    await come_to(op, "tiny", "2027-02-01", ["10.00", "2.10", "12.10", "0.00", "12.10"])


async def test_february_is_issued_anew_made_void_and_ends_below_zero(op: Operator) -> None:
    await op.advance("2027-02-05T09:00:00Z")
    (tiny,) = await op.until("/v1/invoices", 1, account_id="tiny", status="issued")
    void = await op.ask("POST", f"/v1/invoices/{tiny['id']}/void", json={"reason": "billing_error"})
    assert (void["status"], void["due"]["amount"]) == ("void", "0.00")
    exempt = {"account_id": "south", "jurisdiction_id": "BE", "certificate": "BE-43", "valid_from": "2027-02-01"}
    await op.create("/v1/tax/exemptions", exempt)
    (january,) = await issued_on(op, "south", "2027-02-01")
    reissue = {"reason": "wrong_details"}
    note = await op.ask("POST", f"/v1/invoices/{january['id']}/reissue", json=reissue, status=201)
    assert note["total"]["amount"] == "50.77"
    await use(op, 20, "south", 3_200_000_000, "2027-02-03")
    await op.advance("2027-02-10T09:00:00Z")
    november, _ = await issued_on(op, "south", "2027-01-01", 2)
    part = {"account_id": "south", "amount": {"amount": "20.00", "currency": "EUR"}, "method": "bank_transfer"}
    await op.create("/v1/payments", {**part, "received_on": "2027-02-10", "invoice_id": november["number"]})
    await op.ask("POST", "/v1/subscriptions/s-south/terminate", json={"effective_on": "2027-02-15"})

    await op.advance("2027-03-01T02:00:00Z")
    assert await bill(op, "2027-03-01") == {"invoices": 2, "deferred": 1, "waiting_approval": 0, "failed": 1}
    await come_to(op, "north", "2027-03-01", ["79.80", "17.96", "97.76", "0.00", "97.76"])
    await come_to(op, "south", "2027-03-01", ["42.93", "0.00", "42.93", "0.00", "42.93"])
    (draft,) = await op.until("/v1/invoices", 1, account_id="south", status="draft")
    assert draft["net"]["amount"] == "-14.43"
    for account, left in {"north": "149.86", "south": "83.08", "tiny": "0.00"}.items():
        await until(partial(balance, op, account), left.__eq__)
    days = {"2027-01-09": "60.15", "2027-02-05": "60.15", "2027-02-10": "40.15"}
    assert {day: await balance(op, "south", as_of=day) for day in days} == days


async def test_the_quarter_is_explained_line_by_line_proven_and_conserved(op: Operator) -> None:
    explained = 0
    for invoice in (await op.get("/v1/invoices", status="issued", limit=100))["items"]:
        for line in (await op.get(f"/v1/invoices/{invoice['id']}/lines"))["items"]:
            told = await op.get(f"/v1/invoices/{invoice['id']}/lines/{line['n']}/explain")
            steps = sum((Decimal(step["amount"]) for step in told["steps"]), Decimal(0))
            assert abs(steps - Decimal(line["net"]["amount"])) <= Decimal("0.005"), (invoice["number"], line)
            explained += 1
    assert explained == 33
    record = await op.get("/v1/usage/records/olt-1/r0")
    assert [line["net"]["amount"] for line in record["lines"]] == ["6.00"]
    await op.check_documents(10)
    for series in ("INV", "CN"):
        assert (await op.get(f"/v1/numbering-series/{series}/chain"))["holds"] is True
    statement = await op.get("/v1/proof/conservation")
    assert (statement["balanced"], statement["disagreements"]) == (True, [])


async def issue_until_answered(op: Operator, invoice: str) -> dict[str, Any]:
    """As a client with patience does: the same request, until there is an answer."""
    for _ in range(240):
        answer = await op.http.post(f"{invoice}/issue", headers={"Idempotency-Key": "issue-december"})
        if answer.status_code not in (202, 503):
            break
        await asyncio.sleep(0.25)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
