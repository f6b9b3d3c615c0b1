"""A bug in rating one account, and what is left of it once it is mended: nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from meterlog.cli.deadletters import app
from services.rating.events import EVENTS
from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.dead_letters import Name
from shared.kernel.envelope import from_headers
from shared.kernel.outcome import CommandFaulted, InputParked, outcomes
from tests.kit.servers import Servers
from tests.services.rating.test_service import (
    Rating,
    billing,
    customer,
    neighbours,
    until,
    used_by,
)
from tests.services.rating.world import used
from tests.services.usage.test_service import read_all

pytestmark = pytest.mark.servers

NAMES = EVENTS | outcomes("rating")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    async with billing(servers, tmp_path_factory.mktemp("rating")) as started:
        yield started


async def letter_of(rating: Rating, kind: type[InputParked | CommandFaulted], account: str) -> str:
    """The name of what was put aside for an account."""

    async def found() -> str | None:
        for record in await read_all(rating.runtime.kafka, "rating.events"):
            envelope = from_headers(record.headers)
            event = NAMES.decode(envelope.type, record.value)
            if isinstance(event, kind) and event.account_id == account:
                return str(Name("rating", envelope.partition, envelope.seq))
        return None

    name: str = await until(found)
    return name


async def test_a_parked_account_is_billed_as_if_nothing_had_been(
    rating: Rating, monkeypatch: pytest.MonkeyPatch
) -> None:
    haunted, others = neighbours(rating, 2)
    for name in (haunted, *others):
        await customer(rating, name)
    when, account = "2026-09-20 10:22", f"acc-{haunted}"

    def crashing_day(zone: str, quarter: int) -> date:
        if quarter == used(1, when).started_at // QUARTER_US:
            raise ZeroDivisionError("haunted")
        return day_of_quarter(zone, quarter)

    monkeypatch.setattr("services.rating.rated_usage.by_line.day_of_quarter", crashing_day)
    first = [used_by(name, 150, "2026-09-20 10:00", index=n) for n, name in enumerate(others)]
    await rating.guide(*first, used_by(haunted, 250, when, index=7), seq=1901)
    letter = await letter_of(rating, InputParked, account)

    # Meanwhile the others' period closes, and this account's does not: neither by its timer nor by hand.
    await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))

    async def closed(name: str) -> bool:
        query = {"account_id": f"acc-{name}", "billing_period": "2026-09-01"}
        return bool((await rating.get("/v1/charges", **query))["total"])

    async def others_closed() -> bool:
        return all([await closed(name) for name in others])

    await until(others_closed)
    assert not await closed(haunted)
    new_line = {"id": f"sub-{haunted}-2", "account_id": account, "plan_id": "fiber", "start": "2026-11-01"}
    await rating.post("/v1/subscriptions", new_line, expect=503)

    again = await rating.post(f"/v1/dead-letters/{letter}/requeue", {}, expect=409)
    assert again["errors"][0]["code"] == "crashed_again"

    monkeypatch.undo()
    path, body = "/v1/dead-letters/queues/rating/requeue", {"parking_key": account}
    done = await rating.post(path, body, expect=200)
    assert done == {"service": "rating", "parking_key": account, "status": "requeued", "left": 0}
    await rating.post(path, body, expect=404)
    await rating.post(f"/v1/dead-letters/{letter}/requeue", {}, expect=409)

    await until(lambda: closed(haunted))
    charges = await rating.get("/v1/charges", account_id=account, billing_period="2026-09-01", kind="usage")
    assert charges["totals"] == [{"currency": "EUR", "amount": "1.50"}]
    explained = await rating.get(f"/v1/charges/{charges['items'][0]['id']}")
    assert explained["lineage"]["items"] == ["usage/2/1901#7"]
    await rating.post("/v1/subscriptions", new_line, expect=201)


async def test_a_dead_lettered_command_is_answered_once_it_is_requeued(
    rating: Rating, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the same Idempotency-Key its sender gets what became of it, and it is decided once."""
    await customer(rating, "zoe")

    def crashing(*_: Any) -> Any:
        raise ZeroDivisionError("haunted")

    line = {"id": "sub-zoe-2", "account_id": "acc-zoe", "plan_id": "fiber", "start": "2026-11-01"}
    with monkeypatch.context() as bug:
        bug.setattr("services.rating.subscription.decide._start", crashing)
        headers = {"Idempotency-Key": "zoe-2"}
        refused = await rating.api.post("/v1/subscriptions", json=line, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (500, "command_faulted")
    letter = await letter_of(rating, CommandFaulted, "acc-zoe")
    done = await asyncio.to_thread(requeue_by_command, rating, letter)
    assert done == {"requeued": [{"id": letter, "left": 0}], "failed": []}
    answer = await rating.api.post("/v1/subscriptions", json=line, headers=headers)
    assert answer.status_code == 201, answer.text
    started = [event for event in await rating.events() if isinstance(event, SubscriptionStarted)]
    # What it is charged for by then does not matter: the account's first period may be closed or not.
    assert [event.subscription_id for event in started].count("sub-zoe-2") == 1


def requeue_by_command(rating: Rating, letter: str) -> Any:
    environment = {
        "METERLOG_URL": str(rating.api.base_url),
        "METERLOG_API_KEY": rating.api.headers["authorization"].removeprefix("Bearer "),
    }
    done = CliRunner().invoke(app, ["requeue", letter, "--json"], env=environment)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout.splitlines()[-1])
