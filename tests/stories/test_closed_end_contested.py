"""Ends in a closed period by two clerks at once, beside a reassignment, and while processes die in the middle.

Everybody has plan Home: 29.90 a month, 10 GB free and then 0.50 a started GB. September is closed and billed when it is
said in October that they left in September.

    many     36,000 records of 2 MB: what went behind the end goes back in turns, while rating and usage are killed
    clerks   the 11th and the 20th, each by several at once: it is the 11th whoever comes first
    moved    meanwhile the line is said to have been another's from the 16th on
    back     the end was a mistake: what was used belongs to the subscription that follows, from the open period on
    resting  suspended by then, and to be resumed later

Wherever it ends, each record is in one place, the credit is what a quote says, and the tables are those of the log.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import GB, HOME, Operator, open_shop
from tests.stories.test_interrupted import Interrupted

pytestmark = [pytest.mark.servers, pytest.mark.slow]

MANY = 36_000
FEW = 1_500
MB = GB // 1000
BODY = 5_000
ELEVENTH = {"effective_on": "2026-09-11", "reason": "Moved out"}
TWENTIETH = {"effective_on": "2026-09-20", "reason": "Moved out"}
DEATHS = (
    *("rating.transaction_sent", "rating.committed", "rating.timers_due", "rating.timers_sent"),
    *("usage.committed", "usage.applying", "reporting.projector_applying"),
)
"""Where each dies once while records go back; who is started again goes on to the next of them."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Interrupted]:
    points = tmp_path_factory.mktemp("points")
    async with running_stack(servers, tmp_path_factory.mktemp("contested"), failpoints=points) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Interrupted(stack, made["key"])
        operator.points = points
        await open_shop(operator)
        for name in ("many", "clerks", "moved", "other", "back", "resting"):
            await sign_up(operator, name)
        await operator.ask("POST", "/v1/subscriptions/resting-home/suspend", json={"effective_on": "2026-09-15"})
        await operator.advance("2026-09-30T20:00:00Z")
        await use(operator, "many", MANY)
        for name in ("clerks", "moved", "back", "resting"):
            await use(operator, name, FEW)
        # Twelve hours into the 5th of October, all of September is charged.
        await operator.advance("2026-10-05T12:00:00Z")
        yield operator
        await operator.http.aclose()


async def sign_up(op: Operator, name: str) -> None:
    account = {"id": name, "name": name, "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await op.create("/v1/accounts", account)
    subscription = {"id": f"{name}-home", "account_id": name, "plan_id": "home", "start": "2026-09-01"}
    await op.create("/v1/subscriptions", subscription)
    await op.create("/v1/resources", {"id": f"mac:{name}"})
    assignment = {"account_id": name, "subscription_id": f"{name}-home", "from": "2026-09-01T00:00:00Z"}
    await op.ask("POST", f"/v1/resources/mac:{name}/assignments", status=201, json=assignment)


def size_of(name: str) -> int:
    return 2 * MB if name == "many" else 50 * MB


def day_of(n: int) -> int:
    """Day of September, in the time zone of the account too."""
    return 1 + n % 30


async def use(op: Operator, name: str, count: int) -> None:
    """So many records of the same size, as many on each day."""
    records = [
        {
            "id": f"{name}-{n}",
            "source": "olt-1",
            "resource": f"mac:{name}",
            "meter": "data.octets",
            "quantity": str(size_of(name)),
            "started_at": f"2026-09-{day_of(n):02}T{n // 30 % 20:02}:00:00Z",
        }
        for n in range(count)
    ]
    for start in range(0, count, BODY):
        await op.ask("POST", "/v1/usage/records", status=202, json=records[start : start + BODY])


def used(name: str, count: int, before: int = 31, since: int = 1) -> int:
    """Octets of days of September from `since` on and before `before`."""
    return size_of(name) * sum(since <= day_of(n) < before for n in range(count))


async def quoted(op: Operator, octets: int, *, billed: int = 0) -> Decimal:
    """What so much usage costs; with `billed` more than what was billed costs."""
    period = {"start": "2026-09-01", "end": "2026-10-01"}
    body = {"price": HOME["prices"][1], "currency": "EUR", "period": period}
    whole = await op.ask("POST", "/v1/pricing/quotes", json={**body, "quantity": str(octets)})
    before = await op.ask("POST", "/v1/pricing/quotes", json={**body, "quantity": str(billed)})
    return Decimal(whole["amount"]["amount"]) - Decimal(before["amount"]["amount"])


async def answered(op: Operator, path: str, body: dict[str, Any], *, within_s: float = 150.0) -> httpx.Response:
    """As a patient clerk asks: the same again while somebody is away, or what it is about is on its way."""
    deadline, name = asyncio.get_running_loop().time() + within_s, uuid4().hex
    for turn in count():
        answer = await op.http.post(path, json=body, headers={"Idempotency-Key": f"{name}-{turn // 8}"})
        codes = {error["code"] for error in answer.json().get("errors", ())}
        passes = answer.status_code in (202, 503) or codes & {"unknown_aggregate", "usage_arriving"}
        if not passes or asyncio.get_running_loop().time() > deadline:
            return answer
        await asyncio.sleep(0.5)
    raise AssertionError


async def parked(op: Operator, name: str, count: int) -> None:
    """So many are in quarantine for want of a subscription, and stay as many."""

    async def total() -> int:
        """-1 while the process that would know has been killed."""
        query: dict[str, str | int] = {"resource": f"mac:{name}", "reason": "no_subscription", "limit": 1}
        page = await op.http.get("/v1/usage/quarantine", params=query)
        return -1 if page.status_code == 503 else int(page.json()["total"])

    await until(total, lambda found: found == count, within_s=150, every_s=0.2)
    await proven(op)
    assert await total() == count


async def proven(op: Operator) -> None:
    def settled(found: dict[str, Any]) -> bool:
        return bool(found["settled"] and found["balanced"])

    proof = await until(lambda: op.get("/v1/proof/conservation"), settled, within_s=150, every_s=0.2)
    assert (proof["disagreements"], proof["counted_twice"], proof["unbalanced"]) == ([], [], [])


async def credited(op: Operator, name: str) -> list[tuple[str, Decimal]]:
    """What is on the bill of October that September is behind, once October closes as it is now."""
    unbilled = await op.get(f"/v1/accounts/{name}/unbilled")
    lines = [(line["kind"], Decimal(line["amount"]["amount"])) for line in unbilled["lines"]]
    return sorted(line for line in lines if line[0] in ("usage", "credit"))


async def test_records_of_an_end_go_back_once_though_rating_and_usage_are_killed_meanwhile_r34(
    op: Interrupted,
) -> None:
    path = "/v1/subscriptions/many-home/terminate"
    shown = await op.ask("POST", path, json={**ELEVENTH, "preview": True})
    armed = [op.kill_at(place) for place in DEATHS]
    # It may have been decided though its answer was lost: whoever asks again is told that it has ended.
    answer = await answered(op, path, ELEVENTH)
    assert answer.status_code == 200 or "subscription_ended" in answer.text, answer.text
    behind = MANY - sum(day_of(n) < 11 for n in range(MANY))
    assert behind > 20_000, "in three turns, two of them by a timer"
    await parked(op, "many", behind)
    assert [place.name for place in armed if place.exists()] == []
    assert (await op.get("/v1/subscriptions/many-home"))["end"] == "2026-09-11"
    lines = [(line["kind"], Decimal(line["amount"]["amount"])) for line in shown["with_change"]["lines"]]
    assert await credited(op, "many") == sorted(lines)
    cost = await quoted(op, used("many", MANY, before=11), billed=used("many", MANY))
    assert ("usage", cost) in lines and cost == Decimal("-24.00")


async def test_of_ends_that_several_say_at_once_the_earliest_holds(op: Interrupted) -> None:
    path = "/v1/subscriptions/clerks-home/terminate"
    asked = [op.http.post(path, json=body) for body in (TWENTIETH, ELEVENTH) * 4]
    answers = await asyncio.gather(*asked)
    codes = {answer.status_code for answer in answers}
    assert codes <= {200, 202, 409, 503}
    refused = {answer.json()["errors"][0]["code"] for answer in answers if answer.status_code == 409}
    assert refused <= {"subscription_ended", "usage_arriving"}
    last = await answered(op, path, ELEVENTH)
    assert last.status_code == 200 or "subscription_ended" in last.text, last.text
    assert (await op.get("/v1/subscriptions/clerks-home"))["end"] == "2026-09-11"
    await parked(op, "clerks", sum(day_of(n) >= 11 for n in range(FEW)))
    cost = await quoted(op, used("clerks", FEW, before=11), billed=used("clerks", FEW))
    assert await credited(op, "clerks") == [("credit", Decimal("-19.93")), ("usage", cost)]


async def test_a_line_that_is_reassigned_while_its_end_takes_usage_back_is_the_others_from_then_on(
    op: Interrupted,
) -> None:
    """The records are on their way back to quarantine, and on their way to the other."""
    op.kill_at("usage.committed")
    op.kill_at("rating.committed")
    reassigned = {"account_id": "other", "subscription_id": "other-home", "from": "2026-09-15T22:00:00Z"}
    ended, moved = await asyncio.gather(
        answered(op, "/v1/subscriptions/moved-home/terminate", ELEVENTH),
        answered(op, "/v1/resources/mac:moved/reassignments", reassigned),
    )
    assert moved.status_code == 201, moved.text
    assert ended.status_code == 200 or "subscription_ended" in ended.text, ended.text
    await parked(op, "moved", sum(11 <= day_of(n) < 16 for n in range(FEW)))
    cost = await quoted(op, used("moved", FEW, before=11), billed=used("moved", FEW))
    assert await credited(op, "moved") == [("credit", Decimal("-19.93")), ("usage", cost)]
    assert ("usage", await quoted(op, used("moved", FEW, since=16))) in await credited(op, "other")


async def test_who_stays_after_all_has_another_subscription_from_the_open_period_on(op: Interrupted) -> None:
    ended = await answered(op, "/v1/subscriptions/back-home/terminate", ELEVENTH)
    assert ended.status_code == 200, ended.text
    refused = await op.http.post("/v1/subscriptions/back-home/resume", json={})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "subscription_ended")
    following = {"id": "back-again", "account_id": "back", "plan_id": "home", "start": "2026-09-11"}
    refused = await op.http.post("/v1/subscriptions", json=following)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "period_closed")
    await op.create("/v1/subscriptions", {**following, "start": "2026-10-01"})
    to_it = {"account_id": "back", "subscription_id": "back-again", "from": "2026-09-10T22:00:00Z"}
    made = await answered(op, "/v1/resources/mac:back/reassignments", to_it)
    assert made.status_code == 201, made.text
    # September had no service by then: what was used of it is nobody's; what comes from October on is the new one's.
    await parked(op, "back", sum(day_of(n) >= 11 for n in range(FEW)))
    october = {"id": "october", "source": "olt-1", "resource": "mac:back", "meter": "data.octets"}
    october |= {"quantity": str(11 * GB), "started_at": "2026-10-03T12:00:00Z"}
    await op.ask("POST", "/v1/usage/records", status=202, json=october)
    cost = await quoted(op, used("back", FEW, before=11), billed=used("back", FEW))
    await until(
        lambda: credited(op, "back"),
        lambda lines: lines == sorted([("credit", Decimal("-19.93")), ("usage", cost), ("usage", Decimal("0.50"))]),
    )


async def test_a_suspended_line_gets_back_what_was_charged_of_it_and_no_more(op: Interrupted) -> None:
    """Suspended for nothing from the 15th on: 14 of 30 days were charged, and four of them come back."""
    until_later = {"effective_on": "2026-10-20"}
    await op.ask("POST", "/v1/subscriptions/resting-home/resume", json=until_later)
    ended = await op.ask("POST", "/v1/subscriptions/resting-home/terminate", json=ELEVENTH)
    assert ended["end"] == "2026-09-11"
    refused = await op.http.post("/v1/subscriptions/resting-home/resume", json=until_later)
    assert refused.json()["errors"][0]["code"] == "subscription_ended"
    cost = await quoted(op, used("resting", FEW, before=11), billed=used("resting", FEW))
    await parked(op, "resting", sum(day_of(n) >= 11 for n in range(FEW)))
    assert await credited(op, "resting") == [("credit", Decimal("-3.99")), ("usage", cost)]


async def test_october_bills_what_was_shown_and_the_tables_are_those_of_the_log(op: Interrupted) -> None:
    names = ("many", "clerks", "moved", "other", "back", "resting")
    shown = {name: await credited(op, name) for name in names}
    await op.advance("2026-11-01T00:30:00Z")
    for name in names:
        charges = await op.get("/v1/charges", account_id=name, billing_period="2026-10-01", limit=100)
        billed = [(charge["kind"], Decimal(charge["amount"]["amount"])) for charge in charges["items"]]
        assert sorted(line for line in billed if line[0] in ("usage", "credit")) == shown[name], name
    await proven(op)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", "verify", "--json", "--processes", "1"),
        *("--data-dir", str(op.stack.directory.path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, (out + err).decode()
    proofs = json.loads(out.splitlines()[-1])["services"]
    assert [(proof["service"], proof["equal"]) for proof in proofs if not proof["equal"]] == []
