"""Rating on real Kafka and Postgres: what is asked over HTTP and guided by usage becomes charges that can be explained.

Usage is played by the test: it writes to `usage.guided` what a partition of usage would.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaProducer

from meterlog.installation import create_topics
from services.rating.app import SERVICE
from services.rating.events import EVENTS
from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.events import GUIDED
from services.usage.record.messages import GuidedColumns, GuidedRecord, GuidedUsage
from services.usage.watermark.messages import UsageWatermark
from shared.engine.log import Log
from shared.engine.process import Runtime
from shared.engine.settings import Settings
from shared.http.auth import Tokens
from shared.http.server import Server
from shared.kernel.envelope import Envelope, from_headers, to_headers
from shared.kernel.message import Event, encode
from shared.kernel.outcome import InputParked, outcomes
from shared.kernel.partition import partition_of
from tests.kit.ports import free_port
from tests.kit.servers import Servers, fresh_environment
from tests.services.rating.quote.test_worked_examples import EXAMPLES
from tests.services.rating.world import FLAT, used
from tests.services.usage.test_service import read_all

pytestmark = pytest.mark.servers

SOURCE = 2
CYCLE = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
METERED = {"model": "per_unit", "unit_price": "0.01", "included": "100", "meter": "data.octets"}


class Rating:
    """A running rating service, its API, and the pen of a usage partition."""

    def __init__(self, runtime: Runtime, api: httpx.AsyncClient, producer: AIOKafkaProducer) -> None:
        self.runtime = runtime
        self.api = api
        self._producer = producer
        self._numbers: dict[int, int] = {}

    async def post(self, path: str, body: Any, expect: int = 201) -> Any:
        answer = await self.api.post(path, json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def get(self, path: str, **query: Any) -> Any:
        answer = await self.api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def guide(self, *records: GuidedRecord, seq: int = 1842) -> None:
        """The records reach the partition of their account, as one message of usage partition 2."""
        target = partition_of(records[0].account, self.runtime.settings.partitions)
        n = self._numbers[target] = self._numbers.get(target, 0) + 1
        await self._write(GuidedUsage(source=SOURCE, n=n, seq=seq, records=GuidedColumns.of(records)), target, n)

    async def tell(self, event: Event, target: int = 0) -> None:
        """What usage tells of a meter or a resource."""
        await self._write(event, target, 0)

    async def complete_through(self, through: datetime) -> None:
        """All usage reported before `through` has been guided, from every partition of usage to every one of ours."""
        for target in range(self.runtime.settings.partitions):
            for source in range(self.runtime.settings.partitions):
                after = self._numbers.get(target, 0) if source == SOURCE else 0
                await self._write(UsageWatermark(source=source, after=after, through=through), target, 0)

    async def events(self) -> list[Event]:
        """Everything rating has written."""
        names = EVENTS | outcomes("rating")
        return [
            names.decode(from_headers(record.headers).type, record.value)
            for record in await read_all(self.runtime.kafka, "rating.events")
        ]

    async def _write(self, event: Event, target: int, seq: int) -> None:
        envelope = Envelope(
            env=self.runtime.settings.env,
            service="usage",
            partition=SOURCE,
            type=GUIDED.name_of(event),
            recorded_at=datetime.now(UTC),
            subject="",
            seq=seq,
        )
        topic = self.runtime.kafka.topic("usage.guided")
        await self._producer.send_and_wait(topic, encode(event), partition=target, headers=to_headers(envelope))


@asynccontextmanager
async def billing(servers: Servers, directory: Path) -> AsyncIterator[Rating]:
    """The service in an environment of its own, with a cycle and plans, that waits for no latecomers."""
    async with fresh_environment(servers, directory) as environment:
        port = free_port()
        settings = environment.settings.model_copy(update={"service_port": port, "collection_grace_s": 0})
        await create_topics(settings)
        async with running(settings, port) as started:
            await set_up(started)
            yield started


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rating(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rating]:
    """One service for all tests of this file; each has a customer of its own."""
    async with billing(servers, tmp_path_factory.mktemp("rating")) as started:
        yield started


@asynccontextmanager
async def running(settings: Settings, port: int) -> AsyncIterator[Rating]:
    runtime = await Runtime.start(SERVICE, settings, Server)
    producer = await Log(settings).idempotent_producer()
    token = Tokens(settings.secret("token_key")).issue("key:tester", "admin", life_s=600)
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=120) as api:
        await until(lambda: runtime.ready()[0])
        yield Rating(runtime, api, producer)
    await producer.stop()
    await runtime.stop()


async def until(holds: Any, *, seconds: float = 20) -> Any:
    """Wait until `holds` (plain or async) is true; gives back what it gave."""
    for _ in range(int(seconds / 0.05)):
        found = holds()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("did not happen in time")


async def set_up(rating: Rating) -> None:
    await rating.post("/v1/billing-cycles", CYCLE)
    await rating.post("/v1/plans", {"id": "fiber", "name": "Fiber", "currency": "EUR", "prices": [FLAT, METERED]})
    await rating.post("/v1/plans/fiber/versions/1/publish", {"effective_from": "2026-01-01"}, expect=200)


async def customer(rating: Rating, name: str) -> None:
    """Account `acc-<name>` with subscription `sub-<name>`, from September 1."""
    body = {"id": f"acc-{name}", "name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    await rating.post("/v1/accounts", body)
    body = {"id": f"sub-{name}", "account_id": f"acc-{name}", "plan_id": "fiber", "start": "2026-09-01"}
    await rating.post("/v1/subscriptions", body)


def used_by(name: str, quantity: int, when: str, **options: Any) -> GuidedRecord:
    return used(quantity, when, account_id=f"acc-{name}", subscription_id=f"sub-{name}", **options)


async def test_a_customer_is_set_up_used_closed_and_explained(rating: Rating) -> None:
    await customer(rating, "ann")
    # 22:30 UTC on 31 August is 1 September in Paris: the record is of the first local day of service.
    await rating.guide(
        used_by("ann", 150, "2026-08-31 22:30", index=17),
        used_by("ann", 50, "2026-09-20 10:00", index=18),
        used_by("ann", 60, "2026-10-05 10:00", index=19),
        used_by("ann", 1, "2026-10-05 10:00", index=20, meter="voice.seconds"),
        used_by("ann", 1, "2026-08-01 10:00", index=21),
    )

    async def all_rated() -> bool:
        lines = (await rating.get("/v1/accounts/acc-ann/unbilled"))["lines"]
        return sum(int(line["records"]) for line in lines) == 3

    await until(all_rated)
    live = await rating.get("/v1/accounts/acc-ann/unbilled")
    usage = {line["period"]["start"]: line["amount"]["amount"] for line in live["lines"] if line["kind"] == "usage"}
    assert usage == {"2026-09-01": "1.00", "2026-10-01": "0.00"}
    assert live["provisional"] is True

    await rating.complete_through(datetime.now(UTC) + timedelta(seconds=1))

    async def closed() -> Any:
        return (await rating.get("/v1/charges", account_id="acc-ann", kind="usage"))["total"] == 2

    await until(closed)
    september = await rating.get("/v1/charges", account_id="acc-ann", kind="usage", billing_period="2026-09-01")
    assert september["totals"] == [{"currency": "EUR", "amount": "1.00"}]
    (charge,) = september["items"]
    assert (charge["quantity"], charge["records"]) == ("200", 2)
    explained = await rating.get(f"/v1/charges/{charge['id']}")
    assert explained["lineage"] == {
        "items": ["usage/2/1842#17", "usage/2/1842#18"],
        "total": 2,
        "next_cursor": None,
    }
    assert [(step["tier"], step["quantity"]) for step in explained["steps"]] == [("included", "100"), ("1", "100")]
    assert (explained["price"], explained["interval"]) == (METERED, None)
    page = await rating.get(f"/v1/charges/{charge['id']}/records", limit=1, cursor="1")
    assert page == {"items": ["usage/2/1842#18"], "total": 2, "next_cursor": None}
    days = await rating.get(f"/v1/charges/{charge['id']}/days")
    assert (days["total"], sum(int(day["quantity"]) for day in days["items"])) == (len(days["items"]), 200)
    assert [name for day in days["items"] for name in day["first"]] == explained["lineage"]["items"]
    fixed: Any = next(event for event in await rating.events() if getattr(event, "charge_id", None) == charge["id"])
    assert [told for told in fixed.daily.quantities if told != "0"] == [day["quantity"] for day in days["items"]]
    of_days = [await rating.get(f"/v1/charges/{charge['id']}/records", day=day["day"]) for day in days["items"]]
    assert [name for found in of_days for name in found["items"]] == explained["lineage"]["items"]
    flats = await rating.get("/v1/charges", account_id="acc-ann", kind="recurring", sort="period")
    months = [item["period"]["start"] for item in flats["items"]]
    assert months == sorted(set(months))
    assert months[:3] == ["2026-09-01", "2026-10-01", "2026-11-01"]
    assert all(item["amount"] == {"amount": "20.00", "currency": "EUR"} for item in flats["items"])
    # A price that says no interval follows the account's cycle, and the explanation says so.
    flat = await rating.get(f"/v1/charges/{flats['items'][0]['id']}")
    assert (flat["price"].get("interval"), flat["interval"]) == (None, "month")


async def test_a_bug_in_one_account_parks_its_slice_and_nothing_else(
    rating: Rating, monkeypatch: pytest.MonkeyPatch
) -> None:
    haunted, others = neighbours(rating, 4)
    for name in (haunted, *others):
        await customer(rating, name)
    when = "2026-09-20 10:22"

    def crashing_day(zone: str, quarter: int) -> date:
        if quarter == used(1, when).started_at // QUARTER_US:
            raise ZeroDivisionError("haunted")
        return day_of_quarter(zone, quarter)

    monkeypatch.setattr("services.rating.rated_usage.by_line.day_of_quarter", crashing_day)
    first = [used_by(name, 150, "2026-09-20 10:00", index=n) for n, name in enumerate(others)]
    await rating.guide(*first, used_by(haunted, 150, when, index=7), seq=1901)
    await rating.guide(*first, seq=1902)

    async def rated(name: str) -> int:
        return sum(line["records"] for line in (await rating.get(f"/v1/accounts/acc-{name}/unbilled"))["lines"])

    async def all_rated() -> bool:
        return [await rated(name) for name in others] == [2] * len(others)

    await until(all_rated)
    assert await rated(haunted) == 0

    refused = {"id": f"sub-{haunted}-2", "account_id": f"acc-{haunted}", "plan_id": "fiber", "start": "2026-09-01"}
    problem = await rating.post("/v1/subscriptions", refused, expect=503)
    assert [error["code"] for error in problem["errors"]] == ["account_parked"]
    (parked,) = [event for event in await rating.events() if isinstance(event, InputParked)]
    assert (parked.account_id, parked.error) == (f"acc-{haunted}", "ZeroDivisionError: haunted")
    left = GUIDED.decode(parked.type, parked.payload.encode())
    assert isinstance(left, GuidedUsage)
    assert (left.part, left.seq, [record.index for record in left.records]) == (True, 1901, [7])


def neighbours(rating: Rating, count: int) -> tuple[str, list[str]]:
    """Names of customers whose accounts share a partition."""
    partitions = rating.runtime.settings.partitions
    home = partition_of("acc-n0", partitions)
    names = [f"n{n}" for n in range(100) if partition_of(f"acc-n{n}", partitions) == home]
    return names[0], names[1:count]


async def test_resources_read_as_they_were_made(rating: Rating) -> None:
    await customer(rating, "bo")
    cycle = await rating.get("/v1/billing-cycles/monthly")
    assert CYCLE.items() <= cycle.items()
    periods = await rating.get("/v1/billing-cycles/monthly/periods", count=2, **{"from": "2026-11-23"})
    assert periods["items"] == [
        {"start": "2026-11-01", "end": "2026-12-01"},
        {"start": "2026-12-01", "end": "2027-01-01"},
    ]
    account = await rating.get("/v1/accounts/acc-bo")
    assert (account["name"], account["tax_rate"], account["period"]) == (
        "Ann Example",
        "20",
        {"start": "2026-09-01", "end": "2026-10-01"},
    )
    plan = await rating.get("/v1/plans/fiber")
    assert (plan["version"], plan["status"], plan["effective_from"]) == (1, "in_force", "2026-01-01")
    assert plan["prices"] == [FLAT, METERED]
    assert (await rating.get("/v1/subscriptions", account_id="acc-bo"))["items"][0]["status"] == "active"
    assert (await rating.get("/v1/accounts", q="acc-bo"))["total"] == 1
    assert (await rating.get("/v1/plans", status="in_force"))["total"] == 1
    assert (await rating.get("/v1/billing-cycles"))["total"] == 1


async def test_what_is_known_of_a_customer_is_sealed_in_the_log_and_shown_to_those_who_may(rating: Rating) -> None:
    await customer(rating, "dee")
    address = {"lines": ["Rue Haute 12", "Bte 3"], "postal_code": "1000", "city": "Brussels", "country": "BE"}
    known = {"tax_id": "BE 0987.654.394", "email": "dee@example.org", "language": "fr"}
    account = {"id": "acc-dee2", "name": "Dee", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    opened = await rating.post("/v1/accounts", {**account, **known, "address": address})
    shown = await rating.get("/v1/accounts/acc-dee2")
    assert shown["address"] == {**address, "region": None} and known.items() <= shown.items()
    assert opened["address"] == shown["address"]

    token = Tokens(rating.runtime.settings.secret("token_key")).issue("test", "auditor")
    audited = await rating.api.get("/v1/accounts/acc-dee2", headers={"Authorization": f"Bearer {token}"})
    assert {field: audited.json()[field] for field in ("name", "address", *known)} == {
        **{"name": "sealed", "address": None},
        **dict.fromkeys(known),
    }
    kafka = rating.runtime.kafka
    log = await read_all(kafka, "rating.events")
    assert not any(b"Haute" in (record.value or b"") or b"dee@" in (record.value or b"") for record in log)

    for field, value, pointer in (
        ("address", {**address, "country": "XX"}, "/address/country"),
        ("address", {**address, "lines": []}, "/address/lines"),
        ("address", {**address, "city": "Bru\nssels"}, "/address/city"),
        ("email", "dee", "/email"),
        ("language", "French", "/language"),
    ):
        answer = await rating.api.post("/v1/accounts", json={**account, "id": "acc-dee3", field: value})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_bad_requests_name_the_field(rating: Rating) -> None:
    await customer(rating, "cy")
    account = {"id": "acc-cy2", "name": "Bo", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    sub = {"id": "sub-cy2", "account_id": "acc-cy", "plan_id": "fiber", "start": "2026-09-01"}
    plan = {"id": "gold", "name": "Gold", "currency": "EUR", "prices": [FLAT]}
    for path, body, status, code, pointer in (
        ("/v1/accounts", {**account, "tax_rate": 20}, 422, "invalid_decimal", "/tax_rate"),
        ("/v1/accounts", {**account, "tax_rate": "101"}, 422, "invalid", "/tax_rate"),
        ("/v1/accounts", {**account, "cycle_id": "weekly"}, 422, "cycle_not_found", "/cycle_id"),
        ("/v1/accounts", {**account, "id": "acc-cy"}, 409, "account_exists", "/id"),
        ("/v1/accounts", {**account, "colour": "red"}, 422, "unknown_field", "/colour"),
        ("/v1/subscriptions", {**sub, "end": "2026-09-01"}, 422, "invalid_period", "/end"),
        ("/v1/subscriptions", {**sub, "id": "sub-cy"}, 409, "subscription_exists", "/id"),
        ("/v1/plans", {**plan, "prices": [{"model": "volume"}]}, 422, "required", "/prices/0/tiers"),
        ("/v1/plans/gold/versions", {"prices": [FLAT]}, 404, "not_found", ""),
        ("/v1/subscriptions/sub-cy/resume", {}, 409, "not_suspended", "/effective_on"),
        ("/v1/pricing/quotes", {"price": METERED}, 422, "required", "/currency"),
    ):
        problem = await rating.post(path, body, expect=status)
        assert (code, pointer) in [(error["code"], error["pointer"]) for error in problem["errors"]], problem


async def test_a_quote_is_answered_without_storing(rating: Rating) -> None:
    body = {
        "price": METERED,
        "currency": "EUR",
        "period": {"start": "2026-06-01", "end": "2026-07-01"},
        "quantity": "350",
    }
    answer = await rating.post("/v1/pricing/quotes", body, expect=200)
    assert answer["amount"] == {"amount": "2.50", "currency": "EUR"}


async def test_every_worked_example_is_answered_over_http(rating: Rating) -> None:
    for example in EXAMPLES:
        answer = await rating.post("/v1/pricing/quotes", example.body, expect=200)
        assert answer["amount"]["amount"] == example.amount, example.name


async def test_the_same_key_asks_once(rating: Rating) -> None:
    body = {"name": "Dee", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
    key = {"idempotency-key": "k1"}
    first = await rating.api.post("/v1/accounts", json=body, headers=key)
    again = await rating.api.post("/v1/accounts", json=body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert (await rating.get("/v1/accounts", id=first.json()["id"]))["total"] == 1


async def test_one_subscription_id_for_two_accounts_at_once_is_one_subscription(rating: Rating) -> None:
    names = [f"acc-{name}" for name in ("eve", "fay")]
    assert len({partition_of(name, rating.runtime.settings.partitions) for name in names}) == 2
    for name in names:
        body = {"id": name, "name": "Eve", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        await rating.post("/v1/accounts", body)
    for n in range(12):
        sub = {"id": f"sub-race-{n}", "plan_id": "fiber", "start": "2027-09-01"}
        refused = await rating.api.post("/v1/subscriptions", json={**sub, "account_id": names[0], "end": "2027-09-01"})
        assert refused.status_code == 422, "what is refused frees its id"
        answers = await asyncio.gather(
            *(rating.api.post("/v1/subscriptions", json={**sub, "account_id": name}) for name in names)
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409], [answer.text for answer in answers]
        [lost] = [answer.json() for answer in answers if answer.status_code == 409]
        assert [(error["code"], error["pointer"]) for error in lost["errors"]] == [("subscription_exists", "/id")]
    started = [event.subscription_id for event in await rating.events() if isinstance(event, SubscriptionStarted)]
    assert len(started) == len(set(started))
