"""The memory that the partitions of one process share."""

from __future__ import annotations

import asyncio

from shared.engine.process_memory import ProcessMemory


def test_the_states_of_all_partitions_share_what_the_process_may_keep() -> None:
    owned: list[int] = []
    memory = ProcessMemory(cache_bytes=100, owned=lambda: len(owned))
    assert memory.cache_bytes() == 100
    owned += [0, 1, 2, 3]
    assert memory.cache_bytes() == 25


async def test_large_batches_wait_for_each_other_and_small_ones_do_not() -> None:
    memory = ProcessMemory(cache_bytes=1, owned=lambda: 1, in_work_bytes=100)
    work = _Work(memory)
    tasks = [await work.begin(name, size) for name, size in (("a", 60), ("b", 40), ("c", 60), ("d", 1))]
    assert work.inside == ["a", "b"]  # d asked after c, which would wait for ever if it could be passed
    await work.end("b")
    assert work.inside == ["a"]
    await work.end("a")
    assert work.inside == ["c", "d"]
    await work.end("c")
    await work.end("d")
    await asyncio.gather(*tasks)


async def test_a_batch_larger_than_all_that_may_be_in_work_is_taken_alone() -> None:
    memory = ProcessMemory(cache_bytes=1, owned=lambda: 1, in_work_bytes=100)
    work = _Work(memory)
    tasks = [await work.begin("huge", 500), await work.begin("small", 1)]
    assert work.inside == ["huge"]
    await work.end("huge")
    assert work.inside == ["small"]
    await work.end("small")
    await asyncio.gather(*tasks)


async def test_a_batch_that_fails_or_is_given_up_while_it_waits_leaves_its_room_to_others() -> None:
    memory = ProcessMemory(cache_bytes=1, owned=lambda: 1, in_work_bytes=100)
    work = _Work(memory)
    first, second, third = [await work.begin(name, 100) for name in ("a", "b", "c")]
    second.cancel()
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await _turns()
    assert work.inside[-1] == "c"
    await work.end("c")
    await third


class _Work:
    """Batches that are in work until they are told to end."""

    def __init__(self, memory: ProcessMemory) -> None:
        self._memory = memory
        self._ends: dict[str, asyncio.Event] = {}
        self.inside: list[str] = []

    async def begin(self, name: str, size: int) -> asyncio.Task[None]:
        self._ends[name] = asyncio.Event()
        task = asyncio.create_task(self._batch(name, size))
        await _turns()
        return task

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await _turns()

    async def _batch(self, name: str, size: int) -> None:
        async with self._memory.room(size):
            self.inside.append(name)
            await self._ends[name].wait()
            self.inside.remove(name)


async def _turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
