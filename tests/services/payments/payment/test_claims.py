"""Ids and external keys of payments over all accounts, as a process on real Kafka and Postgres (R52)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from meterlog.installation import create_topics
from services.payments.balance.messages import PayerOpened
from services.payments.events import EVENTS
from services.payments.payment.messages import PaymentRecorded
from services.payments.service import SERVICE
from shared.engine.log import Log
from shared.engine.rebuild.job import RebuildJob
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import encode
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.story import opened
from tests.services.payments.test_service import payment
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

TRIES = 12
ANN, BOB = "ann", "bo"  # in partitions 2 and 0
OLD = "cyd"  # in partition 3


async def _write_old_log(settings: Settings) -> None:
    """A payment as it was recorded before keys were claimed: no event says who holds them."""
    await create_topics(settings)
    kafka = Log(settings)
    producer = await kafka.idempotent_producer()
    partition = partition_of(OLD, settings.partitions)
    recorded = PaymentRecorded(
        payment_id="old-1",
        account_id=OLD,
        amount=Decimal("5.00"),
        currency="EUR",
        method="cheque",
        received_on=date(2026, 10, 9),
        external_key="OLD-KEY",
    )
    for seq, event in enumerate((PayerOpened(account_id=OLD, currency="EUR"), recorded), start=1):
        envelope = Envelope(
            env=settings.env,
            service="payments",
            partition=partition,
            type=EVENTS.name_of(event),
            recorded_at=datetime.now(UTC),
            subject=event.key,
            seq=seq,
        )
        await producer.send_and_wait(
            kafka.topic("payments.events"), encode(event), partition=partition, headers=to_headers(envelope)
        )
    await producer.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("claims")
    async with fresh_environment(servers, directory) as environment:
        await _write_old_log(environment.settings)
        async with running(environment.settings, "payments") as started:
            await started.rating_says(*(opened(account) for account in (ANN, BOB, OLD)))
            yield started


async def post(services: Services, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await services.payments.post("/v1/payments", json=body, headers=headers)


def code_of(answer: httpx.Response) -> str:
    return "" if answer.status_code == 201 else answer.json()["errors"][0]["code"]


async def test_one_new_external_key_for_two_accounts_at_once_is_one_payment(services: Services) -> None:
    for n in range(TRIES):
        bodies = [payment(account, "5.00", external_key=f"RACE-{n}") for account in (ANN, BOB)]
        answers = await asyncio.gather(*(post(services, body, f"race-{n}-{i}") for i, body in enumerate(bodies)))
        assert sorted(map(code_of, answers)) == ["", "duplicate_external_key"], [a.text for a in answers]
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        listed = (await services.payments.get(f"/v1/payments?external_key=RACE-{n}")).json()
        assert listed["total"] == 1
        for i, (body, first) in enumerate(zip(bodies, answers, strict=True)):
            again = await post(services, body, f"race-{n}-{i}")
            assert again.status_code == first.status_code, "a retry is answered alike"
            assert (code_of(again), again.json().get("id")) == (code_of(first), first.json().get("id"))


async def test_one_chosen_id_for_two_accounts_at_once_is_one_payment(services: Services) -> None:
    for n in range(TRIES):
        answers = await asyncio.gather(
            *(post(services, payment(account, "5.00", id=f"chosen-{n}")) for account in (ANN, BOB))
        )
        assert sorted(map(code_of, answers)) == ["", "payment_exists"], [a.text for a in answers]
        assert (await services.payments.get(f"/v1/payments/chosen-{n}")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"account_id": "stranger"}, "account_not_found"),
        ({"amount": {"amount": "5.00", "currency": "CHF"}}, "currency_mismatch"),
        ({"invoice_id": "none"}, "invoice_not_found"),
    ],
)
async def test_a_refused_payment_frees_its_keys(services: Services, wrong: dict[str, Any], code: str) -> None:
    name = f"freed-{code}-{next(iter(wrong))}"
    body = payment(ANN, "5.00", id=name, external_key=name)
    refused = await post(services, {**body, **wrong})
    assert (refused.status_code, code_of(refused)) == (422, code)
    taken = await post(services, {**body, "account_id": BOB})
    assert taken.status_code == 201, taken.text


async def test_keys_of_payments_that_were_recorded_before_keys_were_claimed_stay_used(services: Services) -> None:
    for account in (ANN, BOB, OLD):
        twice = await post(services, payment(account, "5.00", external_key="OLD-KEY"))
        assert (twice.status_code, code_of(twice)) == (409, "duplicate_external_key")
        assert "old-1" in twice.json()["errors"][0]["detail"]
        same_id = await post(services, payment(account, "5.00", id="old-1"))
        assert (same_id.status_code, code_of(same_id)) == (409, "payment_exists")


async def test_an_id_that_we_made_can_not_be_chosen_afterwards(services: Services) -> None:
    made = (await post(services, payment(ANN, "5.00"))).json()["id"]
    for account in (ANN, BOB):
        chosen = await post(services, payment(account, "5.00", id=made))
        assert (chosen.status_code, code_of(chosen)) == (409, "payment_exists")


async def test_whoever_dies_meanwhile_each_key_is_one_payment(services: Services) -> None:
    """The service is killed three times under clients that ask until they are told."""

    async def client(number: int) -> list[str]:
        outcomes = []
        for n in range(number % 2, 40, 2):
            body = payment((ANN, BOB)[number // 2], "5.00", id=f"dead-{n}-{number}", external_key=f"DEAD-{n}")
            outcomes.append(await _until_told(services, body, f"dead-{n}-{number}"))
        return outcomes

    async def killer() -> None:
        for _ in range(3):
            await asyncio.sleep(0.7)
            await services.crash("payments")

    async with asyncio.timeout(600):
        told, _ = await asyncio.gather(asyncio.gather(*map(client, range(4))), killer())
    assert Counter(code for outcomes in told for code in outcomes) == {"": 40, "duplicate_external_key": 40}
    for n in range(40):
        assert (await services.payments.get(f"/v1/payments?external_key=DEAD-{n}")).json()["total"] == 1


async def test_the_log_alone_gives_the_same_tables(services: Services) -> None:
    """After all of the above: claims, refusals, kills, and what was recorded before keys were claimed."""
    proof = await RebuildJob(services.settings, SERVICE, processes=0, watch=lambda step: None).verify()
    assert proof.equal is True, proof.differences


async def _until_told(services: Services, body: dict[str, Any], key: str) -> str:
    while True:
        try:
            answer = await post(services, body, key)
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        if answer.status_code in (201, 409) and code_of(answer) != "key_claimed":
            return code_of(answer)
        assert answer.status_code in (202, 409, 503), answer.text
        await asyncio.sleep(0.1)
