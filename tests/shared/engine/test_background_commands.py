"""The producer of a background task: one, however many of its calls end at the same time, and closed with the task."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import ProducerClosed

from shared.engine.background_commands import BackgroundCommands
from tests.kit.toy import COMMANDS, PutCoins


class Producer:
    def __init__(self) -> None:
        self.sent: list[str] = []
        self.open = True

    async def send_and_wait(self, topic: str, value: bytes, **_: Any) -> None:
        self.sent.append(topic)

    async def stop(self) -> None:
        self.open = False


class Kafka:
    """Takes a turn to connect, as the real one does."""

    env = "local"

    def __init__(self) -> None:
        self.made: list[Producer] = []

    def topic(self, name: str) -> str:
        return f"local.{name}"

    async def idempotent_producer(self) -> Producer:
        await asyncio.sleep(0)
        self.made.append(Producer())
        return self.made[-1]


def commands_of(kafka: Kafka) -> BackgroundCommands:
    clock = SimpleNamespace(now=lambda: datetime(2026, 11, 30, tzinfo=UTC))
    host: Any = SimpleNamespace(kafka=kafka, clock=clock, settings=SimpleNamespace(partitions=4))
    return BackgroundCommands(host, COMMANDS, actor="delivery")


def coins(n: int) -> PutCoins:
    return PutCoins(account_id=f"A{n}", coins=1)


async def test_calls_that_end_together_share_one_producer() -> None:
    """Those of a replica that takes over deliveries of another have all sent nothing before."""
    kafka = Kafka()
    commands = commands_of(kafka)
    await asyncio.gather(*(commands.send(coins(n), f"c{n}") for n in range(5)))
    await commands.close()
    assert [(len(producer.sent), producer.open) for producer in kafka.made] == [(5, False)]


async def test_a_call_that_ends_after_its_task_connects_no_more() -> None:
    kafka = Kafka()
    commands = commands_of(kafka)
    await commands.close()
    with pytest.raises(ProducerClosed):
        await commands.send(coins(1), "c1")
    assert kafka.made == []


async def test_a_producer_that_is_connecting_is_closed_too() -> None:
    kafka = Kafka()
    commands = commands_of(kafka)
    sending = asyncio.create_task(commands.send(coins(1), "c1"))
    await asyncio.sleep(0)
    await commands.close()
    await asyncio.gather(sending, return_exceptions=True)
    assert [producer.open for producer in kafka.made] == [False]
