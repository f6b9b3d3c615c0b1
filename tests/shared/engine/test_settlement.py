"""What a takeover closes: everything its predecessor may have written to."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from services.invoicing.service import SERVICE as INVOICING
from services.payments.app import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.usage.app import SERVICE as USAGE
from shared.engine import settlement
from shared.engine.service import Service
from shared.engine.settlement import written_by


@pytest.mark.parametrize(
    ("service", "addressed"),
    [
        (USAGE, ["usage.commands", "usage.guided"]),
        (RATING, ["rating.commands", "usage.commands"]),
        (INVOICING, ["invoicing.commands", "rating.commands", "usage.commands"]),
        (PAYMENTS, ["invoicing.commands", "payments.commands", "rating.commands"]),
    ],
    ids=["usage", "rating", "invoicing", "payments"],
)
def test_own_events_and_dead_letters_and_every_partition_that_is_sent_to_are_closed(
    service: Service, addressed: list[str]
) -> None:
    closed = [(tp.topic, tp.partition) for tp in written_by(service, 3, env="local", partitions=4)]
    assert closed == [
        (f"local.{service.name}.events", 3),
        (f"local.{service.name}.dead", 3),
        *((f"local.{topic}", partition) for topic in addressed for partition in range(4)),
    ]


class Client:
    """A producer, or who asks; `failure` is what its stop meets."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.failure = failure
        self.open = True

    async def stop(self) -> None:
        self.open = False
        if self.failure is not None:
            raise self.failure


async def test_a_takeover_given_up_between_two_steps_leaves_no_producer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cancelled while the connection is closed over which it has asked: nobody has the producer yet."""
    producer, inquiry = Client(), Client(asyncio.CancelledError())

    async def settled(_self: object) -> Client:
        return producer

    async def asks() -> Client:
        return inquiry

    monkeypatch.setattr(settlement._Settlement, "settle", settled)
    owned: Any = SimpleNamespace(
        service=RATING, partition=3, partitions=4, kafka=SimpleNamespace(env="local", topic=str, inquiry=asks)
    )
    with pytest.raises(asyncio.CancelledError):
        await settlement.settle(owned, owned)
    assert (producer.open, inquiry.open) == (False, False)
