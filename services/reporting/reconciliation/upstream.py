"""Whether what was reported by now has come all the way to the tables that the statement counts.

    await awaited(logs)
    []                                                      all of it has
    ["usage.guided/3: rating has 12 still to take"]         the statement may lack what comes of these

The way is walked from its beginning: the ends of a log are noted only when everything before it has been passed on, so
that a record can't slip through between two looks. What is written meanwhile is not waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from aiokafka.errors import KafkaError

from shared.http.logs import Untold
from shared.http.ports import Logs

WAIT_S: Final = 3.0
_FIRST_PAUSE_S: Final = 0.02
_LAST_PAUSE_S: Final = 0.3
_NAMED_MAX: Final = 20
# For the last question.
_ANSWER_S: Final = 5.0

_INTAKE: Final = ("usage.intake", "usage.reported")
# Rating gives back to usage what came too late for it.
_WAY: Final = (
    ("intake", ("usage.reported",)),
    ("usage", ("usage.commands",)),
    ("rating", ("usage.guided", "rating.commands")),
    ("usage", ("usage.commands",)),
    ("reporting", ("usage.events", "rating.events")),
)


async def awaited(logs: Logs) -> list[str]:
    """What has not been taken in time, at the first place that is waited for; empty when all has."""
    deadline = asyncio.get_running_loop().time() + WAIT_S
    try:
        for who, topics in _WAY:
            if left := await _until_taken(logs, who, topics, deadline):
                return left[:_NAMED_MAX]
    except Untold as silent:
        return [str(silent)]
    except (KafkaError, OSError, TimeoutError) as error:
        return [f"Kafka does not answer: {str(error) or type(error).__name__}"]
    return []


async def _until_taken(logs: Logs, who: str, topics: Sequence[str], deadline: float) -> list[str]:
    loop, pause_s = asyncio.get_running_loop(), _FIRST_PAUSE_S
    async with asyncio.timeout_at(deadline + _ANSWER_S):
        ends = await logs.ends(topics)
        while left := await _left(logs, who, topics, ends):
            if loop.time() >= deadline:
                break
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.5, _LAST_PAUSE_S)
    return left


async def _left(logs: Logs, who: str, topics: Sequence[str], ends: Mapping[str, Sequence[int]]) -> list[str]:
    """What lies before these ends and is not taken; behind the last message there may be markers."""
    if who == "intake":
        taken: Mapping[str, Sequence[int]] = {_INTAKE[1]: await logs.committed(*_INTAKE)}
    else:
        told = await logs.taken_by(who)
        taken = {topic: told[topic] for topic in topics}
    short = {topic: taken[topic] for topic in topics if any(map(int.__lt__, taken[topic], ends[topic]))}
    behind = await logs.behind(short) if short else {}
    return [
        f"{topic}/{partition}: {who} has {left} still to take"
        for topic, lefts in behind.items()
        for partition, left in enumerate(lefts)
        if left > 0 and taken[topic][partition] < ends[topic][partition]
    ]
