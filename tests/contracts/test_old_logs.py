"""A log that an earlier version has written is rebuilt by this one, and every question is answered as it was then.

    logs/5b006df.log.jsonl.gz        what stood in the topics of events: topic, partition, offset, key, headers, value
    logs/5b006df.answers.json.gz     what that version answered at the end: path to body

That version was the last whose events could still be changed in place. Its log has three months of six customers as the
demo plays them; an office with every kind of price, a second plan version, counters and another currency; invoices by
run and by hand, a dry run, drafts, payments in part and in excess; quarantine, refusals, and dead letters of each kind.

An answer may have gained fields, more can be done with a resource by now, and a word may have become several
(`SAYS_MORE`); links and other help for a reader are not saved. Names are sealed under keys that are not in the log, so
they read "erased".
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
import pytest
import pytest_asyncio

from meterlog.entry.routing import owner_of
from meterlog.installation import SERVICES, create_topics, spec_of
from shared.engine.generation import Generation
from shared.engine.log import Log
from shared.engine.postgres import api_pool
from shared.engine.rebuild.job import RebuildJob
from shared.engine.service import Spec
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.server import build_app
from shared.http.vault import ERASED, Vault
from tests.kit.fixed_logs import FixedLogs
from tests.kit.servers import Servers, fresh_environment

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LOGS: Final = Path(__file__).with_name("logs")
AT_ONCE: Final = 16
VERSIONS: Final = sorted(file.name.partition(".")[0] for file in LOGS.glob("*.log.jsonl.gz"))


def records_of(version: str) -> Iterator[dict[str, Any]]:
    with gzip.open(LOGS / f"{version}.log.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def answers_of(version: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(gzip.decompress((LOGS / f"{version}.answers.json.gz").read_bytes()))
    return answers


async def publish(settings: Settings, version: str) -> None:
    """The log as it was, but for its offsets: transactions have left marks between the events."""
    kafka = Log(settings)
    producer = await kafka.idempotent_producer()
    try:
        sent = [
            await producer.send(
                kafka.topic(record["topic"]),
                record["value"].encode(),
                key=None if record["key"] is None else record["key"].encode(),
                partition=record["partition"],
                headers=[(name, value.encode()) for name, value in record["headers"].items()],
            )
            for record in records_of(version)
        ]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


@dataclass
class StandingClock:
    at: datetime
    test: bool = True

    def now(self) -> datetime:
        return self.at


@dataclass
class Reader:
    """A service that is asked and does nothing: what its API needs of a process."""

    service: Spec
    settings: Settings
    pool: asyncpg.Pool[Any]
    clock: StandingClock
    logs: FixedLogs = field(default_factory=FixedLogs)

    async def progress(self) -> dict[str, Any]:
        return {"service": self.service.name, "idle": True}

    def ready(self) -> tuple[bool, str]:
        return True, ""


@dataclass
class Rebuilt:
    """The five services over tables that were built from the old log."""

    version: str
    clients: dict[str, httpx.AsyncClient]

    async def ask(self, path: str) -> Any:
        owner = owner_of("GET", path.partition("?")[0].encode()) or "reporting"
        answer = await self.clients[owner].get(path)
        return answer.json() if answer.status_code == 200 else answer.text


@asynccontextmanager
async def asked(spec: Spec, settings: Settings, clock: StandingClock) -> AsyncIterator[httpx.AsyncClient]:
    path = Generation(0).search_path
    pool = await api_pool(settings.postgres_dsn_of(spec.name), search_path=path, idle_s=settings.connection_idle_s)
    vault = Vault(settings)
    headers = {"Authorization": f"Bearer {Tokens(settings.secret('token_key')).issue('key:test', 'admin', life_s=600)}"}
    app = build_app(Reader(spec, settings, pool, clock), bus=None, vault=vault)
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://meterlog", headers=headers) as client:
            yield client
    finally:
        await vault.close()
        await pool.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=VERSIONS)
async def rebuilt(
    request: pytest.FixtureRequest, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Rebuilt]:
    version = request.param
    async with AsyncExitStack() as stack:
        fresh = await stack.enter_async_context(fresh_environment(servers, tmp_path_factory.mktemp("old-log")))
        settings = fresh.settings
        await create_topics(settings)
        await publish(settings, version)
        clock = StandingClock(datetime.fromisoformat(answers_of(version)["/v1/clock"]["now"]))
        clients = {}
        for service in SERVICES:
            spec = spec_of(service, settings)
            proof = await RebuildJob(settings, spec, processes=0).rebuild()
            assert proof.shown and proof.rows > 0, proof
            clients[service] = await stack.enter_async_context(asked(spec, settings, clock))
        yield Rebuilt(version, clients)


async def test_every_question_is_answered_as_the_version_that_wrote_the_log_did(rebuilt: Rebuilt) -> None:
    """Asked side by side: a statement of what nobody goes on with waits for seconds."""
    at_once = asyncio.Semaphore(AT_ONCE)

    async def wrong(path: str, then: Any) -> list[str]:
        async with at_once:
            return [f"{path}{found}" for found in differences(then, await rebuilt.ask(path))]

    answers = answers_of(rebuilt.version)
    found = await asyncio.gather(*(wrong(path, then) for path, then in answers.items()))
    assert len(found) == len(answers) > 100
    assert not any(found), "\n".join(chain(*found))


async def test_money_and_usage_add_up(rebuilt: Rebuilt) -> None:
    """The totals that a provider would look at first, against what that version said."""
    answers = answers_of(rebuilt.version)
    assert (await rebuilt.ask("/v1/overview"))["totals"] == answers["/v1/overview"]["totals"]
    statement = await rebuilt.ask("/v1/proof/conservation")
    assert statement["balanced"] and statement["records_in"] == answers["/v1/proof/conservation"]["records_in"]


SAYS_MORE: Final = {("status", "published"): ("scheduled", "in_force", "superseded")}
"""Words that a later version tells apart, by the field and what it said then."""


def says_more(where: str, then: Any, now: Any) -> bool:
    return isinstance(then, str) and now in SAYS_MORE.get((where.rpartition("/")[2], then), ())


# Counts that leave out now what they had: subscriptions that have ended.
_FEWER = {"subscriptions"}


def more_rows(then: list[Any]) -> tuple[str, ...]:
    """By what a row is found again in a list that has more of them now: figures, and the months of each."""
    fields = set(then[0]) if then and isinstance(then[0], dict) else set()
    return ("name", "currency") if "series" in fields else ("date",) if fields == {"date", "value"} else ()


def differences(then: Any, now: Any, where: str = "") -> Iterator[str]:
    """What an answer of today lacks or says otherwise; it may say more, and more may be allowed."""
    match then:
        case dict() if isinstance(now, dict):
            for key, value in then.items():
                if key == "allowed_actions" or (key in _FEWER and isinstance(value, int) and now[key] <= value):
                    continue
                yield from differences(value, now[key], f"{where}/{key}") if key in now else [f"{where}/{key} is gone"]
        case list() if (keys := more_rows(then)) and isinstance(now, list):
            for one in then:
                same = [other for other in now if all(other[key] == one[key] for key in keys)]
                yield from differences(one, same[0], where) if same else [f"{where}: {one} is gone"]
        case list() if isinstance(now, list) and len(now) == len(then):
            for n, (one, other) in enumerate(zip(then, now, strict=True)):
                yield from differences(one, other, f"{where}/{n}")
        case _ if then != now and now != ERASED and not says_more(where, then, now):
            yield f"{where}: {then!r} then, {now!r} now"
