"""The simulation can fail: each of these mistakes, made on purpose, is found within a few seeds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.structs import TopicPartition

from shared.engine import outbox, settlement, takeover
from shared.engine.worker import Worker
from shared.kernel import claims, requeue
from tests.kit.memory_log.producer import MemoryProducer
from tests.simulation import services
from tests.simulation.simulate import SeedFailed, simulate
from tests.simulation.world import World

SEEDS_MAX = 30


def _offsets_outside_of_the_transaction(patch: pytest.MonkeyPatch) -> None:
    """Input offsets move at once, whether the transaction commits or not."""

    async def move(producer: Any, offsets: Mapping[TopicPartition, int], group: str) -> None:
        producer._broker.group(group).offsets.update(offsets)

    patch.setattr(MemoryProducer, "send_offsets_to_transaction", move)


def _failed_sends_ignored(patch: pytest.MonkeyPatch) -> None:
    """The transaction is committed although the log refused one of its records."""
    gather = asyncio.gather
    careless = SimpleNamespace(gather=lambda *sends: gather(*sends, return_exceptions=True))
    patch.setattr(outbox, "asyncio", careless)


def _takeover_without_a_look_at_the_log(patch: pytest.MonkeyPatch) -> None:
    """A new owner believes Postgres, which may be behind."""

    async def nothing(worker: Worker, connection: Any, own: TopicPartition) -> int:
        return 0

    patch.setattr(takeover, "_catch_up", nothing)


def _committed_offsets_ignored(patch: pytest.MonkeyPatch) -> None:
    """A new owner reads its inputs from where the checkpoint stands, and knows of no commits."""

    async def start(worker: Worker, tp: TopicPartition) -> int:
        topic = tp.topic.removeprefix(f"{worker.kafka.env}.")
        return worker.checkpoint.inputs.get(topic, (0, 0))[0]

    patch.setattr(takeover, "_start", start)
    patch.setattr(takeover, "_inputs_behind", lambda batch, known: dict(known))


def _dedupe_keys_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Usage asks for the keys of what it has counted and is told that there are none."""

    async def nothing(connection: Any, partition: int, keys: Any) -> Mapping[str, Any]:
        return {}

    usage = services.SERVICES["usage"]
    patch.setitem(usage.loaders, next(iter(usage.loaders)), nothing)


def _requeued_and_not_taken(patch: pytest.MonkeyPatch) -> None:
    """What was put aside is said to be taken again, and nothing comes of it."""
    patch.setattr(requeue.Page, "_take_parts", lambda *_: None)


def _takeover_without_closing(patch: pytest.MonkeyPatch) -> None:
    """A new owner starts its producer and believes the broker that nothing is open any more."""

    async def start(worker: Worker, connection: Any) -> Any:
        return await worker.kafka.transactional_producer(f"{worker.kafka.env}.{worker.service.name}.{worker.partition}")

    patch.setattr(takeover, "settle", start)


def _what_hangs_always_aborted(patch: pytest.MonkeyPatch) -> None:
    """A new owner closes what is open, and does not ask how it ended."""
    patch.setattr(settlement, "judge", lambda *_, **__: False)


def _what_hangs_always_committed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settlement, "judge", lambda *_, **__: True)


def _keys_not_claimed(patch: pytest.MonkeyPatch) -> None:
    """Every partition looks at its own payments alone, as if a client's key could not turn up in another."""
    patch.setattr(claims, "next_claim", lambda *_: None)


def _a_refusal_keeps_its_keys(patch: pytest.MonkeyPatch) -> None:
    """Nobody is told that a command ended without its effect."""
    settlements = claims.settlements
    patch.setattr(claims, "settlements", lambda *how, used: settlements(*how, used=used) if used else ())


def _tables_that_were_put_back_believed(patch: pytest.MonkeyPatch) -> None:
    """An owner that outlives a restore decides upon what the tables say now."""

    async def nothing(worker: Worker, connection: Any) -> None:
        pass

    patch.setattr(Worker, "check_tables", nothing)


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (_offsets_outside_of_the_transaction, "kill"),
        (_failed_sends_ignored, "refuse"),
        (_takeover_without_a_look_at_the_log, "kill"),
        (_committed_offsets_ignored, "kill"),
        (_takeover_without_closing, "lose"),
        (_what_hangs_always_aborted, "lose"),
        (_what_hangs_always_committed, "lose"),
        (_dedupe_keys_forgotten, "fall_back"),
        (_requeued_and_not_taken, "bug"),
        (_keys_not_claimed, "kill"),
        (_a_refusal_keeps_its_keys, "kill"),
        (_tables_that_were_put_back_believed, "restore"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_planted_bug_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With many faults of the kind that brings it to light."""

    def worse(world: World) -> None:
        # Whoever is put back all the time gets nowhere.
        world.faults.rate, world.faults.budget = (0.01, 60) if fault == "restore" else (0.03, 400)
        world.faults.weights = {fault: 1}

    plant(monkeypatch)
    first = 33 if fault == "restore" else 1
    with pytest.raises(SeedFailed):
        for seed in range(first, first + SEEDS_MAX):
            simulate(seed, prepare=worse, compare=False)
