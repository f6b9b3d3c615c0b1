"""A process that builds, with the environment of the service: `serve(SERVICE, settings)` is all that it does.

It takes one partition after the other from its standard input and answers on its standard output, or both on one
channel (forked.py), a line of JSON each:

    {"gen": 8, "topic": "rating.events", "partition": 3, "until": 120442}
    {"done": 120442}

It ends with its input, that is, also when whoever gives it work is killed. Then at once: what it had in hand is
uncommitted and is done again by the next one.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from typing import Final, TextIO

import msgspec
import uvloop

from shared.engine.log import Log
from shared.engine.rebuild.builder import building
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.service import Spec
from shared.engine.settings import Settings
from shared.engine.store import AppliedElsewhere

# A process of a killed rebuild may still be writing its last transaction when its successor begins.
TRIES: Final = 5
PAUSE_S: Final = 0.5


class Job(msgspec.Struct, frozen=True):
    """Advance one partition of a build up to an offset."""

    gen: int
    topic: str
    partition: int
    until: int


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the partition is now, or the name of an exception and what it says."""

    done: int | None = None
    error: str | None = None
    detail: str = ""


async def advance(spec: Spec, settings: Settings, job: Job) -> int:
    """Do one job; gives back the offset it came to."""
    kafka, dsn = Log(settings), settings.postgres_dsn_of(spec.name)
    for left in reversed(range(TRIES)):
        try:
            log_partition = LogPartition(job.topic, job.partition)
            async with building(spec, log_partition, gen=job.gen, kafka=kafka, dsn=dsn) as builder:
                await builder.advance(job.until)
                return builder.checkpoint.next_offset
        except AppliedElsewhere:
            if not left:
                raise
            await asyncio.sleep(PAUSE_S)
    raise AssertionError("unreachable")


def serve(spec: Spec, settings: Settings) -> None:
    """Do the jobs that come in, until no more can come."""
    # Answers have the standard output to themselves; whatever else is printed goes where errors go.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    uvloop.run(_serve(spec, settings, sys.stdin, out))


def serve_channel(spec: Spec, settings: Settings, channel: int) -> None:
    """Likewise, over a socket."""
    uvloop.run(_serve(spec, settings, os.fdopen(os.dup(channel)), os.fdopen(channel, "w")))


async def _serve(spec: Spec, settings: Settings, given: TextIO, out: TextIO) -> None:
    # What was imported lives as long as the process; folding makes many objects and next to no cycles.
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    gc.enable()
    jobs = await _lines(given)
    while line := await jobs.readline():
        working = asyncio.create_task(_answer(spec, settings, msgspec.json.decode(line, type=Job)))
        orphaned = asyncio.create_task(_ended(jobs))
        await asyncio.wait([working, orphaned], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            os._exit(0)
        orphaned.cancel()
        print(msgspec.json.encode(working.result()).decode(), file=out, flush=True)


async def _answer(spec: Spec, settings: Settings, job: Job) -> Answer:
    try:
        return Answer(done=await advance(spec, settings, job))
    except Exception as error:
        return Answer(error=type(error).__name__, detail=str(error))


async def _ended(jobs: asyncio.StreamReader) -> None:
    """Returns when the other side is gone. It says nothing before it has its answer."""
    while not jobs.at_eof():
        await asyncio.sleep(0.2)


async def _lines(file: TextIO) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), file)
    return reader
