"""She moved out in September and says so in October: September is billed, and is made good with the bill of October.

Alice has plan Home: 29.90 a month, 10 GB free and then 0.50 a started GB.

    September   12 GB on the 3rd and 4 GB on the 18th: 16 GB, 6 over, 3.00
    October     on the 5th it is said that she left on the 11th of September: 20 of 30 days of 29.90 come back, 19.93,
                and 2.00 of usage; the 4 GB wait in quarantine
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import GB, Operator, open_shop, record
from tests.stories.test_retracted import report

pytestmark = pytest.mark.servers

PATH = "/v1/subscriptions/alice-home/terminate"
ENDED = {"effective_on": "2026-09-11", "reason": "Moved out"}
CREDITED = [("credit", "-19.93"), ("usage", "-2.00")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("closed_end")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def proven(op: Operator) -> None:
    proof = await op.settled()
    assert (proof["balanced"], proof["disagreements"], proof["counted_twice"]) == (True, [], [])


async def test_an_end_in_a_closed_period_is_credited_with_the_next_close_r8_r34(op: Operator) -> None:
    await open_shop(op)
    await op.advance("2026-09-20T20:00:00Z")
    used = [record(n, "mac:alice", "data.octets", size * GB, day) for n, size, day in ((1, 12, 3), (2, 4, 18))]
    await report(op, *used)
    await op.until("/v1/usage/records", 2, state="rated")
    await op.advance("2026-10-05T12:00:00Z")
    charges = await op.get("/v1/charges", account_id="alice", kind="usage")
    assert [charge["amount"]["amount"] for charge in charges["items"]] == ["3.00"]

    shown = await op.ask("POST", PATH, json={**ENDED, "preview": True})
    lines = shown["with_change"]["lines"]
    assert sorted((line["kind"], line["amount"]["amount"]) for line in lines) == CREDITED
    assert (await op.get("/v1/subscriptions/alice-home"))["end"] is None

    await op.ask("POST", PATH, json=ENDED)
    (parked,) = await op.until("/v1/usage/quarantine", 1)
    assert (parked["id"], parked["reason"]) == ("r2", "no_subscription")
    await proven(op)

    await op.advance("2026-11-01T00:30:00Z")
    charges = await op.get("/v1/charges", account_id="alice", billing_period="2026-10-01")
    found = sorted((charge["kind"], charge["amount"]["amount"]) for charge in charges["items"])
    assert found == CREDITED
    usage = next(charge for charge in charges["items"] if charge["kind"] == "usage")
    assert usage["settles"] == {"start": "2026-09-01", "end": "2026-10-01"}
    await proven(op)


async def test_an_end_beyond_35_days_is_refused_with_the_earliest_day(op: Operator) -> None:
    await op.advance("2026-11-06T12:00:00Z")
    refused = await op.http.post("/v1/subscriptions/bob-home/terminate", json={"effective_on": "2026-09-20"})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"], error["pointer"]) == (422, "period_closed", "/effective_on")
    assert "2026-10-01" in error["detail"]
