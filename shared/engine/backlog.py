"""How much of a log lies behind an offset. Markers of transactions take offsets, and so does what was aborted: only
reading tells whether there is anything to take.

    rating.events/3: taken up to 1101, the log ends at 1102
      a marker at 1101          nothing to take
      an event at 1101          1 behind

What was read once is remembered: a log at rest is not read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, NamedTuple

from aiokafka import TopicPartition

from shared.engine.log import GLANCE_BYTES, Log
from shared.engine.log_offsets import LogOffsets

READ_DEADLINE_S: Final = 5.0

_Offsets = Mapping[TopicPartition, int]


class _Known(NamedTuple):
    """In [start, end) the first record stands at `first`; `None`: there is none."""

    start: int
    first: int | None
    end: int


class Backlog:
    """One per process."""

    def __init__(self, kafka: Log, log_offsets: LogOffsets) -> None:
        self._kafka = kafka
        self._log_offsets = log_offsets
        self._known: dict[TopicPartition, _Known] = {}
        self._reading = asyncio.Lock()

    async def behind(self, taken: _Offsets) -> dict[TopicPartition, int]:
        """Offsets from the first record that is not taken to the end of the log; 0 where there is none.

        Raises `KafkaError` or `TimeoutError`.
        """
        if not taken:
            return {}
        ends = await self._log_offsets.ends(list(taken))
        async with self._reading:
            unread = {tp: at for tp, end in ends.items() if (at := self._unread_from(tp, taken[tp], end)) is not None}
            if unread:
                await self._read(unread, ends)
        return {tp: self._distance(tp, taken[tp], end) for tp, end in ends.items()}

    def _unread_from(self, tp: TopicPartition, offset: int, end: int) -> int | None:
        """Where to read on; `None` where all is known."""
        if offset >= end:
            return None
        known = self._known.get(tp)
        if known is None or not known.start <= offset <= known.end:
            return offset
        if known.first is None:
            return None if end <= known.end else known.end
        return None if offset <= known.first else offset

    def _distance(self, tp: TopicPartition, offset: int, end: int) -> int:
        first = self._known[tp].first if offset < end else None
        return 0 if first is None else end - max(first, offset)

    async def _read(self, starts: _Offsets, ends: _Offsets) -> None:
        reader = await self._kafka.reader(fetch_bytes=GLANCE_BYTES)
        try:
            async with asyncio.timeout(READ_DEADLINE_S):
                reader.assign(list(starts))
                begins = await reader.beginning_offsets(list(starts))
                # What was deleted meanwhile, of topics that are not kept for ever, is not there to be taken.
                unread = {tp: max(start, begins[tp]) for tp, start in starts.items()}
                for tp, start in unread.items():
                    reader.seek(tp, start)
                first: dict[TopicPartition, int] = {}
                while unread := {tp: at for tp, at in unread.items() if tp not in first and at < ends[tp]}:
                    for tp, records in (await reader.getmany(*unread, timeout_ms=200, max_records=100)).items():
                        first.setdefault(tp, records[0].offset)
                    unread = {tp: await reader.position(tp) for tp in unread}
        finally:
            await reader.stop()
        for tp, start in starts.items():
            found = first.get(tp)
            known = self._known.get(tp)
            begun = known.start if known is not None and known.first is None and known.end == start else start
            self._known[tp] = _Known(begun, found, ends[tp])
