"""Kafka's classes as a start has loaded and linked them, kept for the starts after it: less than half its time.

    classes = await linked_classes(class_path, BROKER_SETTINGS, say=print)       # "preparing Kafka (once)"
    java(class_path, classes=classes)

A broker is started once in a directory of its own, and what it has loaded is written as it ends (JEP 514). Java looks
whether the file fits its own version and the jars, and goes on without one that does not. Where it can't be made, or
was not made in time, nothing is lost but time: `None`, and it is not tried again.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from shared.embedded.java import JVM_OPTIONS, java
from shared.embedded.ports import Ports, is_open
from shared.embedded.process import Child
from shared.embedded.storage import RELEASE

DEADLINE_S: Final = 90.0
"""For all of it, on a busy machine."""
_END_GRACE_S: Final = 60.0
_LOOK_S: Final = 0.1
_CLUSTER: Final = "bWV0ZXJsb2ctZmlyc3Q0Mg"


async def linked_classes(class_path: str, settings: Mapping[str, str], *, say: Callable[[str], None]) -> Path | None:
    """The file, made first where it is missing; `settings` are those of any broker, without its place."""
    file = _place(class_path)
    if file.exists():
        return file
    failed = file.with_suffix(".failed")
    if failed.exists():
        return None
    try:
        async with _alone(file.with_suffix(".lock")):
            if file.exists():
                return file
            say("preparing Kafka (once)")
            why = await _made(class_path, settings, file)
            if why is None:
                return file
            failed.write_text(why)
    except OSError:
        # A folder that is not ours to write in.
        pass
    return None


def _place(class_path: str) -> Path:
    """Beside the Java that it is for, in the environment that has both."""
    key = hashlib.sha256("\0".join((*JVM_OPTIONS, class_path)).encode()).hexdigest()[:12]
    return Path(sys.prefix) / "share" / "meterlog" / f"kafka-{RELEASE}-{key}.aot"


@asynccontextmanager
async def _alone(lock: Path) -> AsyncIterator[None]:
    """Of several starts one makes the file, and the others wait for it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        await asyncio.to_thread(fcntl.flock, held, fcntl.LOCK_EX)
        yield


async def _made(class_path: str, settings: Mapping[str, str], file: Path) -> str | None:
    """Why it was not made; `None` if it is there."""
    with tempfile.TemporaryDirectory(prefix="meterlog-kafka-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        made = file.with_name(f"{file.name}.{os.getpid()}")
        log = directory / "kafka.log"
        try:
            async with asyncio.timeout(DEADLINE_S):
                await _started_and_ended(class_path, settings, directory, made, log)
            made.replace(file)
            return None
        except (OSError, TimeoutError) as error:
            return f"{error!r}\n{log.read_text(errors='replace')[-2000:] if log.exists() else ''}"
        finally:
            made.unlink(missing_ok=True)


async def _started_and_ended(
    class_path: str, settings: Mapping[str, str], directory: Path, made: Path, log: Path
) -> None:
    """Raises `OSError` where a step of it fails, `TimeoutError` where one takes too long."""
    ports = Ports(directory / "ports.json")
    broker, controller = (f"127.0.0.1:{ports[name]}" for name in ("kafka", "controller"))
    own = {
        "controller.quorum.voters": f"1@{controller}",
        "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{broker}",
        "log.dirs": str(directory / "data"),
    }
    properties = directory / "server.properties"
    properties.write_text("".join(f"{key}={value}\n" for key, value in {**settings, **own}.items()))
    start = java(class_path)
    program = ["kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", str(properties)]
    formatter = Child(name="kafka-format", command=[*start, *program], log=log, directory=directory)
    formatter.start()
    if await formatter.wait() != 0:
        raise OSError("the storage could not be formatted")
    command = [start[0], f"-XX:AOTCacheOutput={made}", *start[1:], "kafka.Kafka", str(properties)]
    broker_process = Child(name="kafka-prepared", command=command, log=log, directory=directory)
    broker_process.start()
    try:
        while not is_open(ports["kafka"]):
            if not broker_process.running:
                raise OSError("the broker ended")
            await asyncio.sleep(_LOOK_S)
        await broker_process.stop(grace_s=_END_GRACE_S)
    finally:
        # Whoever gives up, or is told to end, waits for no file.
        broker_process.kill()
    if not made.exists():
        raise OSError("Java has written nothing")
