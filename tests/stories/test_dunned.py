"""Alice does not pay, is reminded, throttled, promises, breaks it, is blocked and pays; Bob was suspended by a person.

Home is 29.90 a month in arrears, tax is 20 %: Alice's September is 35.88, Bob's half of it 14.95 and 17.94. Both are
issued on 1 October and due on the 15th, where the account is (Paris).

    policy        5 days reminder, 2.50        10 days throttled        15 days blocked
    Alice         16 Oct  overdue 35.88        20 Oct  reminded         25 Oct  throttled
                  26 Oct  promises 35.88 by the 28th, with service      29 Oct  broken, throttled again
                  30 Oct  blocked; 20.00 come in, 15.88 are open        31 Oct  15.88 come in: open, cleared
                  October 29.90 goes on while service rests, and 2.50 outside of tax: net 32.40, total 38.38
    Bob           20 Oct  suspended by a person: dunning takes nothing of him, and gives nothing back
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from meterlog.cli.keys import make_key
from meterlog.installation import spec_of
from services.payments.dunning.account_api import AccountDunningShape
from services.payments.dunning.dry_run import DryRunShape
from services.payments.dunning.shapes import DunningCaseDetail, DunningCasePage
from services.payments.dunning_policy.api import DunningPolicyPage
from services.payments.promise.api import PromisePage
from shared.engine.rebuild.job import RebuildJob
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import Operator, open_shop

pytestmark = pytest.mark.servers

EUR = "EUR"
POLICY: dict[str, Any] = {
    "id": "standard",
    "name": "Standard",
    "minimums": [{"amount": "5.00", "currency": EUR}],
    "steps": [
        {
            "name": "Reminder",
            "after_days": 5,
            "fees": [{"amount": "2.50", "currency": EUR}],
            "letters": [
                {"language": "en", "subject": "Overdue", "text": "{overdue} have been overdue for {days} days."}
            ],
        },
        {"name": "Slow", "after_days": 10, "service": {"access": "throttled", "profile": "slow"}},
        {"name": "Block", "after_days": 15, "service": {"access": "blocked"}},
    ],
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("dunned")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def line(op: Operator, name: str, desired: str) -> dict[str, Any]:
    """What the network has acknowledged of a line, once it is that."""
    path = f"/v1/resources/subscription%3A{name}-home/access"
    found: dict[str, Any] = await until(
        lambda: op.get(path), lambda a: a["desired"] == desired and a["acknowledged_at"] is not None
    )
    return found


async def case_of(op: Operator, name: str, **is_so: Any) -> dict[str, Any]:
    """The latest case of an account, once it is so."""

    async def read() -> dict[str, Any]:
        page = await op.get("/v1/dunning/cases", account_id=name, sort="-opened_on")
        DunningCasePage.model_validate(page)
        found: dict[str, Any] = page["items"][0] if page["items"] else {}
        return found

    case: dict[str, Any] = await until(read, lambda case: all(case.get(key) == is_so[key] for key in is_so))
    return case


async def balance(op: Operator, name: str) -> str:
    found = await op.get(f"/v1/accounts/{name}/balance")
    return str(found["balance"]["amount"])


async def pays(op: Operator, name: str, amount: str, day: str) -> None:
    money = {"amount": amount, "currency": EUR}
    body = {"account_id": name, "amount": money, "method": "bank_transfer", "received_on": day}
    await op.create("/v1/payments", body)


async def start(op: Operator) -> None:
    await open_shop(op)
    await op.create("/v1/bandwidth-profiles", {"id": "slow", "name": "Slow", "down_kbps": 1000, "up_kbps": 500})
    await op.create("/v1/network-elements", {"id": "nas", "driver": "simulated", "address": "lose=1000"})
    policy = await op.create("/v1/dunning/policies", POLICY)
    assert (policy["version"], policy["is_default"], policy["steps"][2]["service"]["billing"]) == (1, False, "continue")
    await op.ask("PUT", "/v1/dunning/settings", json={"policy_id": "standard"})
    page = await op.get("/v1/dunning/policies")
    DunningPolicyPage.model_validate(page)
    assert page["items"][0]["is_default"] is True
    refused = await op.http.delete("/v1/dunning/policies/standard")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "dunning_policy_in_use")


async def test_a_customer_is_dunned_blocked_and_given_back_what_was_taken_R55_R57_R58(operator: Operator) -> None:
    op = operator
    await start(op)
    await op.advance("2026-09-30T23:30:00Z")
    run = await op.run_over({"cycle_id": "monthly"}, "2026-10-01")
    assert run["invoices"] == 2
    owed = await until(lambda: op.get("/v1/accounts/alice/receivables"), lambda page: page["total"] == 1)
    assert (owed["items"][0]["due_on"], await balance(op, "alice")) == ("2026-10-15", "35.88")

    # What comes is told before anything is overdue.
    before = await op.get("/v1/accounts/alice/dunning")
    AccountDunningShape.model_validate(before)
    assert [(step["on"], step["name"], step["access"]) for step in before["coming"]] == [
        ("2026-10-20", "Reminder", "open"),
        ("2026-10-25", "Slow", "throttled"),
        ("2026-10-30", "Block", "blocked"),
    ]
    assert (before["policy_source"], before["restricted_on"]) == ("operator", "2026-10-25")
    dry = await op.ask("POST", "/v1/dunning/dry-run", json={"on": "2026-10-30"})
    DryRunShape.model_validate(dry)
    assert [(group["name"], group["accounts"], group["overdue"]["amount"]) for group in dry["groups"]] == [
        ("Reminder", 2, "53.82"),
        ("Slow", 2, "53.82"),
        ("Block", 2, "53.82"),
    ]
    assert (await op.get("/v1/dunning/cases"))["total"] == 0

    # Due on the 15th, overdue from the first instant of the 16th in Paris.
    await op.advance("2026-10-15T22:00:00Z")
    case = await case_of(op, "alice", status="open")
    assert (case["since"], case["overdue"]["amount"], case["step"], case["look_on"]) == (
        *("2026-10-15", "35.88", 0),
        "2026-10-20",
    )
    await op.ask("POST", "/v1/subscriptions/bob-home/suspend", json={"reason": "he moves"})
    await op.advance("2026-10-20T10:00:00Z")
    await case_of(op, "alice", step=1, step_name="Reminder", access="open")
    fees = await until(lambda: op.get("/v1/late-fees", account_id="alice"), lambda page: page["total"] == 1)
    assert fees["items"][0]["amount"]["amount"] == "2.50"

    sent = await until(lambda: op.get("/v1/deliveries", account_id="alice"), lambda page: page["total"] == 1)
    letter = sent["items"][0]
    assert (letter["document_kind"], letter["channel"]) == ("dunning_letter", "email")
    assert letter["number"] == f"{owed['items'][0]['number']}/1"

    await op.advance("2026-10-25T10:00:00Z")
    await case_of(op, "alice", step=2, access="throttled")
    assert (await line(op, "alice", "throttled"))["profile"]["profile"] == "slow"
    assert (await op.get("/v1/subscriptions/alice-home"))["status"] == "suspended"

    await op.advance("2026-10-26T10:00:00Z")
    promise = {"account_id": "alice", "pay_by": "2026-10-28", "restores": True, "note": "by phone"}
    made = await op.create("/v1/promises", promise)
    assert (made["status"], made["amount"]["amount"]) == ("open", "35.88")
    again = await op.http.post("/v1/promises", json=promise)
    assert again.json()["errors"][0]["code"] == "promise_open"
    await case_of(op, "alice", status="promised", step=2, access="open")
    await line(op, "alice", "open")

    await op.advance("2026-10-29T10:00:00Z")
    kept = await until(
        lambda: op.get("/v1/promises", account_id="alice"), lambda page: page["items"][0]["status"] != "open"
    )
    PromisePage.model_validate(kept)
    assert (kept["items"][0]["status"], kept["items"][0]["closed_on"]) == ("broken", "2026-10-29")
    await case_of(op, "alice", status="open", step=2, access="throttled")
    await line(op, "alice", "throttled")

    await op.advance("2026-10-30T10:00:00Z")
    await case_of(op, "alice", step=3, access="blocked", look_on=None)
    await line(op, "alice", "blocked")
    await pays(op, "alice", "20.00", "2026-10-30")
    part = await case_of(op, "alice", step=3, overdue={"amount": "15.88", "currency": EUR})
    assert (part["access"], await balance(op, "alice")) == ("blocked", "15.88")

    await op.advance("2026-10-31T10:00:00Z")
    await pays(op, "alice", "15.88", "2026-10-31")
    over = await case_of(op, "alice", status="cleared", access="open")
    assert (over["cleared_for"], over["cleared_on"], await balance(op, "alice")) == ("paid", "2026-10-31", "0.00")
    await line(op, "alice", "open")
    assert (await until(lambda: op.get("/v1/subscriptions/alice-home"), lambda s: s["status"] == "active"))["id"]
    detail = await op.get(f"/v1/dunning/cases/{over['id']}")
    DunningCaseDetail.model_validate(detail)
    kinds = [one["kind"] for one in detail["history"]]
    assert kinds.count("DunningStepReached") == 3 and kinds.count("DunningCaseCleared") == 1

    await bob_keeps_what_a_person_said(op)
    await op.advance("2026-11-01T00:30:00Z")
    await op.run_over({"account_ids": ["alice"]}, "2026-11-01")
    (october,) = await op.until("/v1/invoices", 1, account_id="alice", **{"from": "2026-11-01"})
    assert (october["net"]["amount"], october["total"]["amount"]) == ("32.40", "38.38")
    funnel = (await op.get("/v1/reports/dunning-funnel"))["items"]
    assert [(row["name"], row["cases"], row["paid"]) for row in funnel] == [
        *(("Reminder", 2, 2), ("Slow", 2, 2)),
        ("Block", 2, 2),
    ]
    assert not [item for item in (await op.get("/v1/overview/attention"))["items"] if "dun" in item["kind"]]
    # What is shown is what the log says, in every service that took part.
    for service in ("payments", "rating", "invoicing", "reporting"):
        proven = await RebuildJob(op.stack.settings, spec_of(service, op.stack.settings), processes=0).verify()
        assert proven.equal, (service, proven)


async def bob_keeps_what_a_person_said(op: Operator) -> None:
    case = await case_of(op, "bob", step=3, access="blocked")
    history = (await op.get(f"/v1/dunning/cases/{case['id']}"))["history"]
    told = [one["detail"] for one in history if one["kind"] == "DunningServicesNoted"]
    assert told and all(one["left"] == [{"subscription_id": "bob-home", "reason": "not_active"}] for one in told)
    paused = await op.ask("POST", f"/v1/dunning/cases/{case['id']}/pause", json={"reason": "he is away"})
    assert paused["status"] == "paused"
    await pays(op, "bob", "17.94", "2026-10-31")
    await case_of(op, "bob", status="cleared", cleared_for="paid")
    assert (await op.get("/v1/subscriptions/bob-home"))["status"] == "suspended"
