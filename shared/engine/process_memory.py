"""The memory that the partitions of a process share: for states between batches, and for batches in work.

    memory = ProcessMemory(cache_bytes=100_000_000, owned=lambda: 4)
    memory.cache_bytes()                   # 25,000,000 for each of the four
    async with memory.room(3_000_000):     # waits while two such batches are in work
        ...

What a process takes is thereby the same whether it owns four partitions or twenty-four. A batch as it is decided, sent
and written takes ten to twenty times its bytes, so what all have in work together is bounded too: two whole batches
keep a processor and the servers busy, and small ones do not wait at all.
"""

from __future__ import annotations

import asyncio
import ctypes
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

IN_WORK_BYTES: Final = 4 * 1024 * 1024
"""Of inputs, over all partitions: two batches of the largest size (worker.py)."""


# mallopt(3): buffers from 8 MiB on are mapped, and given back as they are freed. With less each record costs up to 2 µs
# more, for the system clears every page of every buffer anew. Left to itself glibc raises that to 32 MiB with the first
# large buffer, and what was fetched and sent leaves holes, which `give_holes_back` returns.
_MIB: Final = 1024 * 1024
_MALLOPT: Final = {"M_MMAP_THRESHOLD": (-3, 8 * _MIB), "M_TRIM_THRESHOLD": (-1, 64 * _MIB), "M_ARENA_MAX": (-8, 2)}
HOLES_AFTER_BYTES: Final = IN_WORK_BYTES
"""Of inputs worked through: then the holes that they left in memory go back to the system."""


def give_memory_back() -> None:
    """Have freed buffers leave the process. Does nothing where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for parameter, value in _MALLOPT.values():
            mallopt(parameter, value)


def give_holes_back() -> None:
    """Return freed pages between used ones, which glibc alone never does. Likewise."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


class ProcessMemory:
    """`cache_bytes` is for all partitions together, `owned` says how many there are."""

    def __init__(self, *, cache_bytes: int, owned: Callable[[], int], in_work_bytes: int = IN_WORK_BYTES) -> None:
        self._cache_bytes = cache_bytes
        self.owned: Final = owned
        self._in_work_bytes = in_work_bytes
        self._in_work = 0
        self._since_given_back = 0
        self._queue = asyncio.Lock()
        self._left = asyncio.Event()

    def cache_bytes(self) -> int:
        """The share of one partition."""
        return self._cache_bytes // max(1, self.owned())

    @asynccontextmanager
    async def room(self, size: int) -> AsyncIterator[None]:
        """Entered in the order of asking, as soon as so many bytes more may be in work; one alone always may."""
        async with self._queue:
            while self._in_work and self._in_work + size > self._in_work_bytes:
                self._left.clear()
                await self._left.wait()
            self._in_work += size
        try:
            yield
        finally:
            self._in_work -= size
            self._left.set()
            self._worked_through(size)

    def _worked_through(self, size: int) -> None:
        self._since_given_back += size
        if self._since_given_back >= HOLES_AFTER_BYTES:
            self._since_given_back = 0
            give_holes_back()
