"""Keys, positions and the clock of the whole product, while its processes are killed at the worst moments."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from meterlog.entry import clock
from meterlog.entry.app import Entry
from tests.kit.keys import make_key
from tests.kit.ports import free_port
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import GB, Operator, open_shop, record

pytestmark = pytest.mark.servers

# The key bound and nothing sent; sent and not decided; decided and not in the log; in the log and not in Postgres; in
# Postgres and nobody told. (`meterlog chaos` passes every point there is.)
STEPS = ("command_bound", "command_sent", "decided", "committed", "applied")
CLOSES = {
    "2026-09-01": "2026-09-30T23:00:00Z",
    "2026-10-01": "2026-11-01T00:00:00Z",
    "2026-11-01": "2026-12-01T00:00:00Z",
}
"""The first day of each period of a calendar in Paris, and the instant that lies an hour after its last."""


class Interrupted(Operator):
    """An operator beside somebody who kills processes."""

    points: Path

    def kill_at(self, place: str) -> Path:
        """The process named in `payments.committed` dies at that point, once. Returns the file that says so."""
        armed = self.points / place
        armed.write_text("kill")
        return armed

    async def post_until_answered(self, path: str, body: dict[str, Any], *, key: str) -> httpx.Response:
        """As a client with patience does: the same request, until there is an answer."""
        for _ in range(120):
            answer = await self.http.post(path, json=body, headers={"Idempotency-Key": key})
            if answer.status_code not in (202, 503):
                return answer
            await asyncio.sleep(0.25)
        return answer


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Interrupted]:
    points = tmp_path_factory.mktemp("points")
    async with running_stack(servers, tmp_path_factory.mktemp("interrupted"), failpoints=points) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Interrupted(stack, made["key"])
        operator.points = points
        await open_shop(operator)
        yield operator
        await operator.http.aclose()


def payment(amount: str, account: str = "alice", **more: str) -> dict[str, Any]:
    money = {"amount": amount, "currency": "EUR"}
    return {"account_id": account, "amount": money, "method": "cash", "received_on": "2026-09-02", **more}


@pytest.mark.parametrize("step", STEPS)
async def test_a_payment_is_made_once_wherever_its_service_dies(op: Interrupted, step: str) -> None:
    amount = f"{10 + STEPS.index(step)}.17"
    armed = op.kill_at(f"payments.{step}")
    first = await op.post_until_answered("/v1/payments", payment(amount), key=f"pay-{step}")
    assert not armed.exists(), "the point was reached"
    assert first.status_code == 201, first.text
    again = await op.http.post("/v1/payments", json=payment(amount), headers={"Idempotency-Key": f"pay-{step}"})
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    made = (await op.get("/v1/payments", account_id="alice", limit=100))["items"]
    assert [item["id"] for item in made if item["amount"]["amount"] == amount] == [first.json()["id"]]
    other = await op.http.post("/v1/payments", json=payment("1.00"), headers={"Idempotency-Key": f"pay-{step}"})
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("step", STEPS[1:])
async def test_credit_is_granted_once_wherever_its_service_dies(op: Interrupted, step: str) -> None:
    amount = f"{20 + STEPS.index(step)}.19"
    armed = op.kill_at(f"payments.{step}")
    body = {"amount": {"amount": amount, "currency": "EUR"}, "reason": "goodwill"}
    first = await op.post_until_answered("/v1/accounts/bob/credits", body, key=f"credit-{step}")
    assert not armed.exists(), "the point was reached"
    assert first.status_code == 201, first.text
    again = await op.http.post("/v1/accounts/bob/credits", json=body, headers={"Idempotency-Key": f"credit-{step}"})
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    granted = (await op.get("/v1/accounts/bob/credits"))["items"]
    assert [item["amount"]["amount"] for item in granted].count(amount) == 1
    balance = await op.get("/v1/accounts/bob/balance")
    assert Decimal(balance["credit"]["amount"]) == sum(Decimal(item["left"]["amount"]) for item in granted)


async def test_twenty_retries_at_once_through_a_crash_are_one_payment(op: Interrupted) -> None:
    op.kill_at("payments.committed")
    asked = [op.post_until_answered("/v1/payments", payment("77.77"), key="burst") for _ in range(20)]
    answers = await asyncio.gather(*asked)
    assert {(answer.status_code, answer.json()["id"]) for answer in answers} == {(201, answers[0].json()["id"])}
    made = (await op.get("/v1/payments", account_id="alice", limit=100))["items"]
    assert [item["amount"]["amount"] for item in made].count("77.77") == 1


async def test_a_write_in_one_service_is_read_in_the_others_with_its_position(op: Interrupted) -> None:
    for n in range(6):
        name = f"reader-{n}"
        body = {"id": name, "name": name, "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        opened = await op.http.post("/v1/accounts", json=body)
        at = {"Position": opened.headers["Position"]}
        balance = await op.http.get(f"/v1/accounts/{name}/balance", headers=at)
        assert balance.status_code == 200, "payments has heard of the account"
        shown = await op.http.get(f"/v1/customer-configs/{name}", headers=at)
        assert shown.status_code == 200, "and reporting"
        paid = await op.http.post("/v1/payments", json=payment("5.00", name), headers=at)
        both = {"Position": f"{opened.headers['Position']}, {paid.headers['Position']}"}
        listed = await op.http.get("/v1/customer-configs", params={"account_id": name}, headers=both)
        assert listed.json()["total"] == 1
        found = await op.http.get("/v1/search", params={"q": paid.json()["id"]}, headers=both)
        assert paid.json()["id"] in found.text


async def test_a_position_that_is_malformed_or_not_reached_is_told_so(op: Interrupted) -> None:
    for position, named in (
        ("yesterday", "'yesterday'"),
        ("rating/0@1, biling/0@1", "'biling'"),
        ("rating/99@1", "99"),
    ):
        refused = await op.http.get("/v1/invoices", headers={"Position": position})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "invalid_position")
        assert named in refused.json()["detail"]
    late = await op.http.get("/v1/invoices", headers={"Position": "rating/0@999999999"})
    assert (late.status_code, late.headers["retry-after"]) == (503, "1")
    assert "rating/0@999999999" in late.json()["detail"]


async def test_what_was_opened_a_moment_ago_is_known_and_what_never_was_is_refused(op: Interrupted) -> None:
    """The opening event is on the way from rating to payments: the command waits for it."""
    for n in range(5):
        name = f"new-{n}"
        body = {"id": name, "name": name, "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        await op.create("/v1/accounts", body)
        await op.create("/v1/payments", payment("5.00", name))
    refused = await op.ask("POST", "/v1/payments", status=422, json=payment("5.00", "nobody"))
    assert [(e["code"], e["pointer"]) for e in refused["errors"]] == [("account_not_found", "/account_id")]
    await op.ask("GET", "/v1/accounts/nobody/balance", status=404)


async def history(op: Interrupted, account: str) -> list[tuple[str, str]]:
    """What happened to an account: type and instant, in the order of the instants."""
    page = await op.get("/v1/events", account_id=account, limit=500, sort="recorded_at")
    assert page["next_cursor"] is None
    return [(event["type"].split(".")[1], event["recorded_at"]) for event in page["items"]]


async def test_three_months_play_in_order_though_the_clocks_timers_are_interrupted(op: Interrupted) -> None:
    """Each period is closed an hour after its end, once; its draft comes before the next one is closed."""
    usage = record(1, "mac:alice", "data.octets", 7 * GB, 20)
    await op.publish(usage)
    await op.until("/v1/usage/records", 1, id="r1")
    armed = [op.kill_at(f"rating.{point}") for point in ("timers_due", "timers_sent", "committed")]
    await op.advance("2026-12-05T00:00:00Z")
    assert not [point for point in armed if point.exists()]
    for account in ("alice", "bob"):
        told = await history(op, account)
        closes = [at for kind, at in told if kind == "PeriodClosed"]
        assert closes == list(CLOSES.values()), account
        drafts = [at for kind, at in told if kind == "InvoiceDrafted"]
        assert drafts == closes, "a draft is made at once, by another service at the same instant"
        kinds = [kind for kind, _ in told]
        assert kinds.count("InvoiceDrafted") == kinds.count("PeriodClosed") == len(CLOSES)


async def test_an_advance_to_where_the_clock_stands_changes_nothing(op: Interrupted) -> None:
    before = await op.get("/v1/events", limit=1)
    for _ in range(2):
        answer = await op.ask("POST", "/v1/clock/advance", json={"to": "2026-12-05T00:00:00Z"})
        assert answer == {"now": "2026-12-05T00:00:00Z", "test": True}
    assert (await op.get("/v1/events", limit=1))["total"] == before["total"]
    await op.ask("POST", "/v1/clock/advance", status=422, json={"to": "2026-12-04T00:00:00Z"})


async def test_documents_come_before_what_they_make_due(op: Interrupted) -> None:
    """Close, issue, receivable, in the order of money; and the due date after all of them."""
    await op.create(
        "/v1/billing-runs", {"scope": {"cycle_id": "monthly"}, "target_date": "2026-12-01", "dry_run": False}
    )
    await op.until("/v1/invoices", 6, status="issued")
    await op.advance("2026-12-06T00:00:00Z")
    told = await history(op, "alice")
    order = ["PeriodClosed", "InvoiceDrafted", "InvoiceIssued", "ReceivableOpened"]
    first = [min(at for kind, at in told if kind == wanted) for wanted in order]
    assert first == sorted(first)
    [due] = {invoice["due_on"] for invoice in (await op.get("/v1/invoices", account_id="alice"))["items"]}
    assert datetime.fromisoformat(first[-1]).date().isoformat() < due


async def test_a_service_that_hangs_is_named_and_time_goes_on_when_it_does(
    op: Interrupted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "STEP_S", 2.0)
    entry = Entry(op.stack.settings.model_copy(update={"port": free_port()}))
    port = await entry.start()
    hanging = op.stack.pids()["invoicing"]
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=op.http.headers, timeout=60, trust_env=False
        ) as http:
            os.kill(hanging, signal.SIGSTOP)
            stuck = await http.post("/v1/clock/advance", json={"to": "2027-01-02T00:00:00Z"})
            os.kill(hanging, signal.SIGCONT)
            assert (stuck.status_code, stuck.json()["errors"][0]["code"]) == (503, "clock_step_unfinished")
            assert "invoicing" in stuck.json()["detail"]
            monkeypatch.setattr(clock, "STEP_S", 60.0)
            done = await http.post("/v1/clock/advance", json={"to": "2027-01-02T00:00:00Z"})
            assert done.json() == {"now": "2027-01-02T00:00:00Z", "test": True}
    finally:
        os.kill(hanging, signal.SIGCONT)
        await entry.stop()
    closes = [at for kind, at in await history(op, "alice") if kind == "PeriodClosed"]
    assert closes == [*CLOSES.values(), "2027-01-01T00:00:00Z"]
