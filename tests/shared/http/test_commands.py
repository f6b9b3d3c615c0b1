"""A command over HTTP, through real Kafka and real Postgres, to its projected result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest
import pytest_asyncio
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from shared.engine.sender import Sender
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.command_bus import CommandBus
from shared.http.results import Results, seen
from shared.kernel.envelope import Envelope
from shared.kernel.ids import derive
from shared.kernel.partition import partition_of
from tests.kit.driven_worker import DrivenWorker, driven
from tests.kit.servers import Servers, fresh_environment
from tests.kit.toy import COMMANDS, PutCoins, toy_service
from tests.kit.waiting import WITHIN_S, until
from tests.shared.http.fake_owner import DONE, FAULTED, NOT_FOUND, UNKNOWN, FakeOwner, Verdict
from tests.shared.http.stub import NOW, StubRuntime, as_role, client_of

pytestmark = pytest.mark.servers


class Coins(BaseModel):
    model_config = ConfigDict(extra="forbid")
    account_id: str
    coins: int = 1
    name: str = ""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/coins", status_code=201, dependencies=[api.roles(*WRITERS)])
    async def put(body: Coins, request: Request) -> Response:
        # A sealed field has another ciphertext each time: a retry must be known by its request, not by its command.
        padding = await api.vault.seal(body.account_id, body.name) if body.name else body.name
        command = PutCoins(account_id=body.account_id, coins=body.coins, padding=padding)
        outcome = await api.command(request, command)
        return Answer({"id": api.new_id(request, "coins"), "subject": outcome.subject}, status_code=201)

    @routes.get("/v1/coins", dependencies=[api.roles(*WRITERS)])
    async def read() -> Response:
        return Answer({})

    @routes.post("/v1/coins/twice", status_code=201, dependencies=[api.roles(*WRITERS)])
    async def twice(body: Coins, request: Request) -> Response:
        for _ in range(2):
            await api.command(request, PutCoins(account_id=body.account_id, coins=body.coins))
        return Answer({}, status_code=201)

    @routes.post("/v1/coins/sent", status_code=202, dependencies=[api.roles(*WRITERS)])
    async def send(body: Coins, request: Request) -> Response:
        command_id = await api.send(request, PutCoins(account_id=body.account_id, coins=1), partition=2)
        return Answer({"id": command_id}, status_code=202)

    return routes


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DrivenWorker]:
    """One environment for all of these tests: each uses keys of its own."""
    async with (
        fresh_environment(servers, tmp_path_factory.mktemp("commands")) as environment,
        driven(toy_service(), environment.settings) as made,
    ):
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reading_owner(shop: DrivenWorker) -> AsyncIterator[FakeOwner]:
    owner = FakeOwner(shop)
    await owner.start()
    yield owner
    await owner.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def open_client(shop: DrivenWorker, reading_owner: FakeOwner) -> AsyncIterator[httpx.AsyncClient]:
    runtime = StubRuntime(router, settings=shop.settings, pool=shop.pool, commands=COMMANDS, service="payments")
    sender = Sender(shop.kafka)
    bus = CommandBus(
        service="payments",
        catalogue=COMMANDS,
        settings=shop.settings,
        producer=sender,
        pool=shop.pool,
        clock=runtime.clock,
        wait_for_upstream=reading_owner.wait_for_upstream,
    )
    async with client_of(runtime, bus=bus) as client:
        yield client
    await sender.stop()


@pytest.fixture
def owner(reading_owner: FakeOwner) -> FakeOwner:
    reading_owner.seen.clear()
    reading_owner.decide = lambda envelope, attempt: DONE
    reading_owner.asked_for, reading_owner.told, reading_owner.is_behind = [], False, False
    return reading_owner


@pytest.fixture
def client(open_client: httpx.AsyncClient, owner: FakeOwner, shop: DrivenWorker) -> httpx.AsyncClient:
    open_client.headers.update(as_role("billing", settings=shop.settings))
    return open_client


@pytest.fixture
def key(request: pytest.FixtureRequest) -> dict[str, str]:
    """An Idempotency-Key that no other test uses."""
    return {"Idempotency-Key": request.node.name}


async def test_a_command_is_answered_when_its_result_is_projected(client: httpx.AsyncClient, owner: FakeOwner) -> None:
    answer = await client.post("/v1/coins", json={"account_id": "acc-7", "coins": 3})
    assert (answer.status_code, answer.json()["subject"]) == (201, "acc-7")
    [(envelope, record)] = owner.seen
    partition = partition_of("acc-7", 4)
    assert answer.headers["position"] == f"payments/{partition}@{owner.seq}"
    assert (record.partition, record.key, record.value) == (partition, b"acc-7", b'{"account_id":"acc-7","coins":3}')
    assert (envelope.type, envelope.actor, envelope.subject) == ("payments.PutCoins.v1", "key:k1", "acc-7")
    assert envelope.recorded_at == NOW
    assert envelope.expires_at is not None
    # By the machine's clock: a caller's patience does not follow a test clock that jumps.
    assert timedelta(seconds=50) < envelope.expires_at - datetime.now(UTC) <= timedelta(seconds=60)
    assert envelope.expected_version is None


async def test_a_key_gives_the_same_ids_and_is_decided_once(
    client: httpx.AsyncClient, owner: FakeOwner, key: dict[str, str]
) -> None:
    first = await client.post("/v1/coins", json={"account_id": "a", "coins": 3, "name": "Ann"}, headers=key)
    second = await client.post(
        "/v1/coins",
        content=b'{ "name": "Ann", "coins": 3, "account_id": "a" }',
        headers=key | {"Content-Type": "application/json"},
    )
    assert first.json() == second.json()
    assert first.headers["position"] == second.headers["position"]
    [(envelope, _)] = owner.seen
    assert envelope.command_id == derive("key:k1", "POST", "/v1/coins", key["Idempotency-Key"])
    assert first.json()["id"] == derive(envelope.command_id, "coins")


async def test_a_key_stands_for_one_payload_one_path_and_one_caller(
    client: httpx.AsyncClient, owner: FakeOwner, shop: DrivenWorker, key: dict[str, str]
) -> None:
    body = {"account_id": "a", "coins": 3}
    await client.post("/v1/coins", json=body, headers=key)
    other = await client.post("/v1/coins", json=body | {"coins": 4}, headers=key)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
    assert len(owner.seen) == 1
    other_path = await client.post("/v1/coins/twice", json=body | {"coins": 4}, headers=key)
    caller = as_role("admin", actor="key:k2", settings=shop.settings)
    other_caller = await client.post("/v1/coins", json=body | {"coins": 4}, headers=key | caller)
    assert [other_path.status_code, other_caller.status_code] == [201, 201]


async def test_a_refusal_comes_back_with_its_pointer_and_stays_final(
    client: httpx.AsyncClient, owner: FakeOwner, key: dict[str, str]
) -> None:
    owner.decide = lambda envelope, attempt: Verdict("refused", "unlucky", "13 is unlucky", "/coins", 409)
    for _ in range(2):
        answer = await client.post("/v1/coins", json={"account_id": "a", "coins": 13}, headers=key)
        assert answer.status_code == 409
        assert answer.json()["errors"] == [{"pointer": "/coins", "code": "unlucky", "detail": "13 is unlucky"}]
    assert len(owner.seen) == 1


async def test_a_crash_is_not_final_and_is_decided_again(
    client: httpx.AsyncClient, owner: FakeOwner, key: dict[str, str]
) -> None:
    owner.decide = lambda envelope, attempt: FAULTED if attempt == 1 else DONE
    first = await client.post("/v1/coins", json={"account_id": "a"}, headers=key)
    second = await client.post("/v1/coins", json={"account_id": "a"}, headers=key)
    assert (first.status_code, second.status_code) == (500, 201)
    assert first.json()["errors"][0]["code"] == "command_faulted"
    assert len({envelope.command_id for envelope, _ in owner.seen}) == 1


async def test_an_unknown_aggregate_is_looked_for_again_within_the_wait(
    client: httpx.AsyncClient, owner: FakeOwner
) -> None:
    owner.decide = lambda envelope, attempt: UNKNOWN if attempt < 3 else DONE
    answer = await client.post("/v1/coins", json={"account_id": "a"})
    assert answer.status_code == 201
    assert len(owner.seen) == 3


async def test_an_aggregate_that_stays_unknown_is_refused(
    client: httpx.AsyncClient, owner: FakeOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CommandBus, "wait_s", 0.5)
    owner.decide = lambda envelope, attempt: UNKNOWN
    answer = await client.post("/v1/coins", json={"account_id": "a"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/account_id")
    assert 2 <= len(owner.seen) <= 4


async def test_what_is_not_found_where_all_there_is_was_heard_is_refused_at_once(
    client: httpx.AsyncClient, owner: FakeOwner
) -> None:
    owner.decide = lambda envelope, attempt: NOT_FOUND
    answer = await client.post("/v1/coins", json={"account_id": "a"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "account_not_found")
    assert len(owner.seen) == 1


async def test_what_was_opened_above_a_moment_ago_is_found_once_that_is_heard(
    client: httpx.AsyncClient, owner: FakeOwner, shop: DrivenWorker
) -> None:
    owner.told = True
    owner.decide = lambda envelope, attempt: NOT_FOUND if attempt == 1 else DONE
    answer = await client.post("/v1/coins", json={"account_id": "a"})
    assert (answer.status_code, len(owner.seen)) == (201, 2)
    assert owner.asked_for == [{0, partition_of("a", shop.settings.partitions)}]
    owner.decide = lambda envelope, attempt: NOT_FOUND
    owner.seen.clear()
    refused = await client.post("/v1/coins", json={"account_id": "a"})
    assert (refused.json()["errors"][0]["code"], len(owner.seen)) == ("account_not_found", 2)


async def test_what_may_have_been_opened_above_unheard_is_not_said_to_be_nowhere(
    client: httpx.AsyncClient, owner: FakeOwner, key: dict[str, str]
) -> None:
    """An invoice that is issued and not known to payments yet: a machine that believes a 422 gives its payment up."""
    owner.is_behind = True
    owner.decide = lambda envelope, attempt: NOT_FOUND
    answer = await client.post("/v1/coins", json={"account_id": "a"}, headers=key)
    assert (answer.status_code, len(owner.seen)) == (503, 2)
    assert answer.headers["retry-after"]
    owner.is_behind, owner.decide = False, lambda envelope, attempt: DONE
    assert (await client.post("/v1/coins", json={"account_id": "a"}, headers=key)).status_code == 201


async def test_without_a_result_the_caller_gets_202_and_can_ask(
    client: httpx.AsyncClient, owner: FakeOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CommandBus, "wait_s", 1.0)
    owner.decide = lambda envelope, attempt: None
    answer = await client.post("/v1/coins", json={"account_id": "a"})
    assert answer.status_code == 202
    command_id = answer.json()["command_id"]
    assert command_id.startswith("payments-")
    path = f"/v1/commands/{command_id}"
    assert answer.headers["location"] == path
    assert (await client.get(path)).json() == {
        "command_id": command_id,
        "status": "pending",
        "result": None,
        "errors": [],
    }
    [(envelope, _)] = owner.seen
    await owner.project(envelope, DONE)
    done = (await client.get(path)).json()
    assert (done["status"], done["result"]["id"]) == ("done", "a")
    await owner.project(envelope, UNKNOWN)
    refused = (await client.get(path)).json()
    assert (refused["status"], refused["errors"][0]["code"]) == ("refused", "unknown_aggregate")


@pytest.mark.parametrize("command_id", ["payments-nobodygavethisout", "rating-abc", "nonsense"])
async def test_a_command_nobody_sent_is_404(client: httpx.AsyncClient, command_id: str) -> None:
    assert (await client.get(f"/v1/commands/{command_id}")).status_code == 404


async def test_callers_with_one_key_at_the_same_time_get_one_answer(
    client: httpx.AsyncClient, key: dict[str, str]
) -> None:
    """Both may be produced; the owner drops the second (that is its contract), and both callers see one result."""
    requests = [client.post("/v1/coins", json={"account_id": "a"}, headers=key) for _ in range(4)]
    answers = await asyncio.gather(*requests)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_many_callers_share_one_poll(client: httpx.AsyncClient) -> None:
    requests = [client.post("/v1/coins", json={"account_id": f"a{n}"}) for n in range(50)]
    answers = await asyncio.gather(*requests)
    assert {answer.status_code for answer in answers} == {201}
    assert [answer.json()["subject"] for answer in answers] == [f"a{n}" for n in range(50)]


async def test_several_commands_of_one_request_have_ids_of_their_own(
    client: httpx.AsyncClient, owner: FakeOwner, key: dict[str, str]
) -> None:
    answer = await client.post("/v1/coins/twice", json={"account_id": "a"}, headers=key)
    assert len({envelope.command_id for envelope, _ in owner.seen}) == 2
    assert answer.headers["position"].endswith(f"@{owner.seq}")


async def test_a_message_handed_over_waits_for_no_result_and_never_expires(
    client: httpx.AsyncClient, owner: FakeOwner
) -> None:
    owner.decide = lambda envelope, attempt: None
    answer = await client.post("/v1/coins/sent", json={"account_id": "a"})
    assert answer.status_code == 202
    await until(lambda: owner.seen)
    [(envelope, record)] = owner.seen
    assert (record.partition, envelope.expires_at, envelope.command_id) == (2, None, answer.json()["id"])


@pytest.mark.parametrize(
    ("header", "version"), [('"3"', 3), ("3", 3), ('W/"12"', 12), ("*", None)], ids=["quoted", "bare", "weak", "any"]
)
async def test_if_match_travels_with_the_command(
    client: httpx.AsyncClient, owner: FakeOwner, header: str, version: int | None
) -> None:
    await client.post("/v1/coins", json={"account_id": "a"}, headers={"If-Match": header})
    assert owner.seen[0][0].expected_version == version


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({"If-Match": "yesterday"},      b'{"account_id": "a"}',               400, "invalid"),
        ({"Idempotency-Key": ""},        b'{"account_id": "a"}',               400, "invalid"),
        ({"Idempotency-Key": "k" * 256}, b'{"account_id": "a"}',               400, "invalid"),
        ({},                             b'{"account_id": "a\\u0000b"}',       422, "invalid"),
        ({},                             b'{"account_id": "\\ud800"}',         422, None),
        ({"Position": "yesterday"},      b'{"account_id": "a"}',               400, "invalid_position"),
    ],
)  # fmt: skip
async def test_what_cannot_travel_is_refused_before_the_log(
    client: httpx.AsyncClient, owner: FakeOwner, headers: dict[str, str], body: bytes, status: int, code: str | None
) -> None:
    answer = await client.post("/v1/coins", content=body, headers=headers | {"Content-Type": "application/json"})
    assert answer.status_code == status
    assert code is None or answer.json()["errors"][0]["code"] == code
    assert owner.seen == []


async def test_a_read_with_a_position_waits_until_it_is_applied(client: httpx.AsyncClient, shop: DrivenWorker) -> None:
    await shop.pool.execute(
        """insert into meterlog.checkpoint (gen, topic, partition, next_seq, inputs)
           values (1, 'payments.events', 3, 8, '{"invoicing.events": [100, 41]}')"""
    )

    async def read(position: str) -> httpx.Response:
        return await client.get("/v1/coins", headers={"Position": position})

    assert (await read("payments/3@7")).status_code == 200
    assert (await read("payments/3@7, invoicing/3@41, usage/0@9")).status_code == 200, "usage is not listened to"
    late = asyncio.create_task(read("payments/3@7,invoicing/3@42"))
    await asyncio.sleep(0.1)
    assert not late.done()
    await shop.pool.execute("""update meterlog.checkpoint set inputs = '{"invoicing.events": [101, 42]}'""")
    assert (await late).status_code == 200
    never = await read("payments/3@8")
    assert (never.status_code, never.headers["retry-after"]) == (503, "1")
    assert never.json()["errors"][0]["code"] == "position_not_reached"


async def test_a_result_of_one_partition_answers_after_that_of_another(shop: DrivenWorker) -> None:
    """The owner of a key refuses a command once; its account's partition, whose log is shorter, carries it out."""
    envelope = Envelope(
        env="test", service="payments", partition=2, type="", recorded_at=NOW, subject="a", command_id="two-places"
    )
    owner, results = FakeOwner(shop), Results(shop.pool)
    owner.seq = 5000
    await owner.project(envelope, Verdict("refused", "key_claimed", "wait", "/id", 409, final=False))
    with results.expect("two-places", after=seen(await results.all("two-places"))) as result:
        owner.seq = 16
        await owner.project(msgspec.structs.replace(envelope, partition=1), DONE)
        answered = await asyncio.wait_for(result, WITHIN_S)
    assert (answered.status, answered.partition, answered.seq) == ("done", 1, 17)
    assert await results.find("two-places") == answered


async def test_a_key_that_another_request_holds_is_asked_for_again_within_the_wait(
    client: httpx.AsyncClient, owner: FakeOwner
) -> None:
    held = Verdict("refused", "key_claimed", "another request is being decided", "/id", 409, final=False)
    owner.decide = lambda envelope, attempt: held if attempt < 3 else DONE
    answer = await client.post("/v1/coins", json={"account_id": "held"}, headers={"Idempotency-Key": "held"})
    assert answer.status_code == 201, answer.text
