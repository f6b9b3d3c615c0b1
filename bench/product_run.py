"""One measured run of the product: usage and rating as `meterlog up` starts them, the load's lines signed up first.

Reference data and accounts are set up by commands on the log, as the APIs would send them; then the same load as the
bare pipeline's goes to `usage.reported`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer, TopicPartition

from bench.load import METER, resource_of
from bench.measure import Load, Run, measured
from bench.mixed_book import BOOK, METERS, plan_of, prices
from bench.servers import START_DEADLINE_S, Sandbox
from meterlog.installation import DATABASES, create_topics, reported
from services.rating.account.messages import OpenAccount
from services.rating.billing_cycle.messages import CycleTerms, DefineBillingCycle
from services.rating.commands import COMMANDS as RATING_COMMANDS
from services.rating.plan.messages import DraftPlan, PublishPlanVersion
from services.rating.pricing import parse_price
from services.rating.subscription.messages import StartSubscription
from services.usage.commands import COMMANDS
from services.usage.meter.messages import DefineMeter
from services.usage.resource.messages import AssignResource
from shared.embedded.databases import create_databases, drop_databases
from shared.embedded.process import Child
from shared.engine.environment import environment_of
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Catalogue, Command, encode
from shared.kernel.partition import partition_of
from shared.kernel.sealed import Sealed

SERVICES: Final = ("usage", "rating")
SUFFIX: Final = "_pipeline"
GIGABYTE: Final = "1000000000"
SIGN_UP_DEADLINE_S: Final = 600
# So far ahead of what was taken a log may end though nothing is left: the ends of transactions have offsets too.
_MARKERS: Final = 5
_TAKEN: Final = """
select partition, (inputs -> 'usage.commands' ->> 0)::bigint as taken from meterlog.checkpoint
 where topic = 'usage.events'
"""

PRICES: Final[list[dict[str, Any]]] = [
    {"model": "flat", "amount": "29.90", "interval": "month", "bill": "arrears"},
    {
        "model": "graduated",
        "meter": METER,
        "tiers": [
            {"up_to": "200000000000", "unit_price": "0"},
            {"up_to": "500000000000", "unit_price": "0.0500", "unit_size": GIGABYTE},
            {"up_to": None, "unit_price": "0.0200", "unit_size": GIGABYTE},
        ],
    },
]


async def run_product(
    sandbox: Sandbox, load: Load, *, env: str, replicas: int = 1, profiles: Path | None = None
) -> Run:
    """A fresh environment, `replicas` processes of each service, one load; raises `BenchFailed` if a count is wrong.

    With `profiles`, a directory, each process leaves a flame graph of its whole life there (profiled.py).
    """
    settings = await fresh(sandbox, env)
    children = [
        await service_process(sandbox, settings, name, replica=number, profiles=profiles)
        for name in SERVICES
        for number in range(1, replicas + 1)
    ]
    usage_db = await asyncpg.connect(settings.postgres_dsn_of("usage"))
    rating_db = await asyncpg.connect(settings.postgres_dsn_of("rating"))
    try:
        await until_ready(sandbox)
        await sign_up(settings, load, usage_db, rating_db)

        async def rated() -> int:
            return int(await rating_db.fetchval("select coalesce(sum(records), 0) from live.usage_day"))

        topic = reported(settings.env)
        before = [await _size(db) for db in (usage_db, rating_db)]
        transactions = await transactions_of(sandbox, children)
        run = await measured(sandbox, load, topic=topic, partitions=settings.partitions, rated=rated)
        run.transactions.update(await transactions_of(sandbox, children) - transactions)
        await _check(load, usage_db, rating_db)
        for name, db, size in zip(SERVICES, (usage_db, rating_db), before, strict=True):
            run.bytes_per_record[name] = round((await _size(db) - size) / load.records, 1)
        return run
    finally:
        await usage_db.close()
        await rating_db.close()
        for child in children:
            await sandbox.stop(child)
        await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)


async def _size(db: asyncpg.Connection[asyncpg.Record]) -> int:
    """Bytes of a database's tables and indexes on disk."""
    return int(await db.fetchval("select pg_database_size(current_database())"))


async def fresh(sandbox: Sandbox, env: str, names: Sequence[str] = SERVICES) -> Settings:
    """An environment nobody used before, with empty databases of its own; `names` are the services that will run."""
    passwords = dict.fromkeys(DATABASES, "bench")
    dsns = await create_databases(sandbox.admin_dsn, passwords, suffix=SUFFIX)
    urls = {name: f"http://127.0.0.1:{sandbox.ports[name]}" for name in names}
    settings = sandbox.settings.model_copy(update={"env": env}).with_services(urls).with_databases(dsns)
    await create_topics(settings)
    return settings


async def service_process(
    sandbox: Sandbox, settings: Settings, name: str, *, replica: int = 1, profiles: Path | None = None
) -> Child:
    """A process of a service. Those beyond the first are `name-2` and so on, and share its partitions."""
    called = name if replica == 1 else f"{name}-{replica}"
    environment = environment_of(name, settings, port=sandbox.ports[called], inherited=dict(os.environ))
    profiled = [] if profiles is None else ["bench.profiled", str(profiles.resolve() / f"{called}.svg")]
    command = [sys.executable, "-m", *profiled, f"services.{name}.app"]
    return await sandbox.start(called, command, {**environment, "METERLOG_INSTANCE": called})


async def transactions_of(sandbox: Sandbox, children: Sequence[Child]) -> Counter[str]:
    """How many Kafka transactions of partition workers these processes have committed so far, by process."""
    found: Counter[str] = Counter()
    async with httpx.AsyncClient(trust_env=False) as client:
        for child in children:
            text = (await client.get(f"http://127.0.0.1:{sandbox.ports[child.name]}/metrics")).text
            counts = (line.split()[-1] for line in text.splitlines() if line.startswith("meterlog_transactions_total"))
            found[child.name] = round(sum(map(float, counts)))
    return found


async def until_ready(sandbox: Sandbox, names: Sequence[str] = SERVICES) -> None:
    """Until each of these processes says so."""
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(START_DEADLINE_S):
        for name in names:
            while not await _is_ready(client, f"http://127.0.0.1:{sandbox.ports[name]}"):
                sandbox.check()
                await asyncio.sleep(0.1)


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/readyz")).status_code == 200
    except httpx.TransportError:
        return False


async def sign_up(
    settings: Settings,
    load: Load,
    usage_db: asyncpg.Connection[asyncpg.Record],
    rating_db: asyncpg.Connection[asyncpg.Record],
) -> None:
    """A cycle and plans; then for each line an account, a subscription, and the line assigned to it.

    The billing period begins eight days ago or a few more, so that neither its end nor its start is near.
    """
    start = datetime.now(UTC).date() - timedelta(days=8)
    start = start.replace(day=min(start.day, 28))
    lines = range(load.lines)
    producer = await Log(settings).idempotent_producer()
    try:
        if load.mixed:
            await _define_meters(producer, settings, rating_db)
        await _send_all(producer, settings, RATING_COMMANDS, reference_data(start))
        for command in mixed_plans(start) if load.mixed else ():
            await asyncio.gather(await _send(producer, settings, RATING_COMMANDS, command))
        plans = 1 + (len(BOOK) if load.mixed else 0)
        await _until(rating_db, "select count(*) from live.plan_version_row where effective_from is not null", plans)
        await _send_all(producer, settings, RATING_COMMANDS, (account_of(n) for n in lines))
        await _until(rating_db, "select count(*) from live.account_row", load.lines)
        taken = [plan_of(n).plan_id if load.mixed else "fiber" for n in lines]
        subscriptions = (subscription_of(n, start, taken[n]) for n in lines)
        await _send_all(producer, settings, RATING_COMMANDS, subscriptions)
        await _send_all(producer, settings, COMMANDS, (_line(n, start) for n in lines))
        await _until(usage_db, "select count(*) from live.assignment", 2 * load.lines)
        await _until(rating_db, "select count(*) from live.subscription_row", load.lines)
        await _until_through(settings, usage_db)
    finally:
        await producer.stop()


async def _define_meters(
    producer: AIOKafkaProducer, settings: Settings, rating_db: asyncpg.Connection[asyncpg.Record]
) -> None:
    """The meters of the book, until the plans that price them can be published: rating hears of them from usage."""
    for meter_id, (unit, aggregation) in METERS.items():
        meter = DefineMeter(meter_id=meter_id, unit=unit, aggregation=aggregation)
        await asyncio.gather(await _send(producer, settings, COMMANDS, meter))
    await _until(rating_db, "select count(*) from live.state where kind = 'Meter'", len(METERS))


async def _send_all(
    producer: AIOKafkaProducer, settings: Settings, catalogue: Catalogue[Command], commands: Iterable[Command]
) -> None:
    """Each after the one before, all acknowledged."""
    await asyncio.gather(*[await _send(producer, settings, catalogue, command) for command in commands])


def reference_data(start: date) -> tuple[Command, ...]:
    prices = [parse_price(price) for price in PRICES]
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=start.day, time_zone="Europe/Paris")
    return (
        DefineBillingCycle(name="Monthly", terms=terms),
        DraftPlan(plan_id="fiber", name="Fiber", currency="EUR", prices=prices),
        PublishPlanVersion(plan_id="fiber", version=1, effective_from=start),
    )


def mixed_plans(start: date) -> Iterator[Command]:
    """The plans of the mixed book, in force."""
    for plan in BOOK:
        parsed = [parse_price(price) for price in prices(plan)]
        yield DraftPlan(plan_id=plan.plan_id, name=plan.plan_id, currency="EUR", prices=parsed)
        yield PublishPlanVersion(plan_id=plan.plan_id, version=1, effective_from=start)


def account_of(n: int) -> Command:
    name = Sealed("v1.bench.bm9ib2R5")
    return OpenAccount(account_id=f"acc-{n:04d}", name=name, currency="EUR", cycle_id="monthly", tax_rate=Decimal(20))


def subscription_of(n: int, start: date, plan_id: str = "fiber") -> Command:
    return StartSubscription(subscription_id=f"sub-{n:04d}", account_id=f"acc-{n:04d}", plan_id=plan_id, start=start)


def _line(n: int, start: date) -> Command:
    return AssignResource(
        resource_id=resource_of(n),
        account_id=f"acc-{n:04d}",
        subscription_id=f"sub-{n:04d}",
        valid_from=datetime.combine(start, time(), UTC),
        register=True,
    )


async def _send(
    producer: AIOKafkaProducer, settings: Settings, catalogue: Catalogue[Command], command: Command
) -> asyncio.Future[object]:
    partition = 0 if command.REFERENCE else partition_of(command.key, settings.partitions)
    envelope = Envelope(
        env=settings.env,
        service=catalogue.service,
        partition=partition,
        type=catalogue.name_of(command),
        recorded_at=datetime.now(UTC),
        subject=command.key,
        actor="bench",
        command_id=f"{type(command).__name__}-{command.key}",
    )
    sent: asyncio.Future[object] = await producer.send(
        f"{settings.env}.{catalogue.service}.commands",
        encode(command),
        key=command.key.encode(),
        partition=partition,
        headers=to_headers(envelope),
    )
    return sent


async def _until(connection: asyncpg.Connection[asyncpg.Record], count: str, expected: int) -> None:
    async with asyncio.timeout(SIGN_UP_DEADLINE_S):
        while int(await connection.fetchval(count)) < expected:
            await asyncio.sleep(0.05)


async def _until_through(settings: Settings, usage_db: asyncpg.Connection[asyncpg.Record]) -> None:
    """What an assignment sets going is done: each asks every partition for what waited for it, a moment later."""
    await _until(usage_db, "select (not exists (select from live.due))::int", 1)
    kafka = Log(settings)
    reader = await kafka.reader()
    try:
        places = [TopicPartition(kafka.topic("usage.commands"), number) for number in range(settings.partitions)]
        reader.assign(places)
        async with asyncio.timeout(SIGN_UP_DEADLINE_S):
            while True:
                ends = await reader.end_offsets(places)
                taken = {row["partition"]: row["taken"] or 0 for row in await usage_db.fetch(_TAKEN)}
                if all(end - taken.get(place.partition, 0) <= _MARKERS for place, end in ends.items()):
                    return
                await asyncio.sleep(0.2)
    finally:
        await reader.stop()


async def _check(
    load: Load, usage_db: asyncpg.Connection[asyncpg.Record], rating_db: asyncpg.Connection[asyncpg.Record]
) -> None:
    load.check(int(await usage_db.fetchval("select count(*) from live.dedupe_key")), "dedupe keys of the product")
    parked = int(await usage_db.fetchval("select count(*) from live.quarantine"))
    load.check(load.records - parked, "records the product accepted")
    load.check(int(await rating_db.fetchval("select sum(records) from live.usage_day")), "records it rated")
