"""What becomes of a partition whose takeover does not end as takeovers do."""

from __future__ import annotations

import asyncio
from typing import Any

from aiokafka import TopicPartition

from shared.engine.log import Log
from shared.engine.ownership import Ownership
from shared.engine.settings import Settings


class Cancelled:
    """A partition in whose takeover a Kafka client passes on a cancellation of its own."""

    partition = gen = activity = 0
    ready, beat, trouble = False, 0.0, None

    async def take_over(self) -> None:
        raise asyncio.CancelledError

    def stop(self) -> None:
        """Nothing runs."""


async def test_a_cancellation_that_nobody_asked_for_ends_the_process() -> None:
    """Otherwise the partition would have an owner that never works, and no watchdog for it."""
    ends: list[BaseException] = []
    made: Any = Cancelled()
    ownership = Ownership(
        kafka=Log(Settings.model_validate({"kafka_bootstrap_servers": "127.0.0.1:1"})),
        service="rating",
        make=lambda _partition, _consumer: made,
        look_again=asyncio.Event().wait,  # type: ignore[arg-type]
        fatal=ends.append,
        stays_alive=(),
    )
    await ownership._own(made, TopicPartition("local.rating.commands", 0))
    assert [type(end) for end in ends] == [asyncio.CancelledError]
