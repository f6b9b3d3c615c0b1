"""`meterlog agent`: this machine as a piece of equipment that reports what its own interfaces counted.

    $ meterlog agent --resource ifindex:my-laptop/all --source my-laptop --interval 5
    12:00:05  184022337 octets
    12:00:10  184031921 octets  +9584

Each reading is a `counter` record of meter `data.octets` (64 bits, with the machine's boot id) on `usage.reported`:
octets received and sent over all interfaces but the loopback, or over those named. The service makes deltas of the
readings; the first is the baseline. Ends after `--count` readings, or when interrupted.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meterlog.cli.output import WRONG_USE, DataDir, Json, exit_codes, installation, print_json, say

if TYPE_CHECKING:
    from shared.engine.settings import Settings

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def agent(
    resource: Annotated[str, typer.Option(help="The resource whose usage this is, such as ifindex:my-laptop/all.")],
    source: Annotated[str, typer.Option(help="Name of this equipment; part of every record's identity.")],
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between readings.")] = 5.0,
    count: Annotated[int | None, typer.Option(min=1, help="Readings to publish; else until interrupted.")] = None,
    interface: Annotated[list[str] | None, typer.Option(help="Only this interface; may be repeated.")] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Publish this machine's own interface counters as usage."""
    with exit_codes():
        try:
            octets_now(interface)
        except UnknownInterface as error:
            say(f"meterlog: {error}")
            raise typer.Exit(WRONG_USE) from error
        readings = asyncio.run(
            _run(installation(data_dir), resource, source, interval_s=interval, count=count, interfaces=interface)
        )
        used = readings[-1] - readings[0] if readings else 0
        if as_json:
            print_json({"records": len(readings), "octets": str(used)})
        else:
            say(f"{len(readings)} records published, {used} octets between the first and the last")


class UnknownInterface(Exception):
    """An interface was named that this machine does not have."""


def octets_now(interfaces: Sequence[str] | None) -> int:
    """Octets received and sent since boot. Raises `UnknownInterface`."""
    import psutil

    counters = psutil.net_io_counters(pernic=True, nowrap=False)
    missing = [name for name in interfaces or () if name not in counters]
    if missing:
        raise UnknownInterface(f"there is no interface {missing[0]}; this machine has {', '.join(sorted(counters))}")
    # A machine with nothing but a loopback still has something to show.
    chosen = interfaces or [name for name in counters if not name.startswith("lo")] or list(counters)
    return sum(counters[name].bytes_recv + counters[name].bytes_sent for name in chosen)


def boot_id() -> str:
    """What changes when this machine restarts, and only then."""
    import psutil

    if _BOOT_ID.exists():
        return _BOOT_ID.read_text().strip()
    return f"boot-{int(psutil.boot_time())}"


def reading(resource: str, source: str, boot: str, octets: int, at: datetime) -> dict[str, Any]:
    """The record of one reading. Its id sorts by time."""
    return {
        "id": f"{int(at.timestamp() * 1000):013d}-{boot[:8]}",
        "source": source,
        "resource": resource,
        "meter": "data.octets",
        "kind": "counter",
        "quantity": str(octets),
        "counter_bits": 64,
        "boot_id": boot,
        "started_at": at.isoformat().replace("+00:00", "Z"),
    }


async def _run(
    settings: Settings,
    resource: str,
    source: str,
    *,
    interval_s: float,
    count: int | None,
    interfaces: Sequence[str] | None,
) -> list[int]:
    """Publish readings until told to stop; returns them."""
    from shared.engine.log import Log
    from shared.kernel.partition import partition_of

    stop = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    kafka = Log(settings)
    topic, partition = kafka.topic("usage.reported"), partition_of(source, settings.partitions)
    boot = boot_id()
    readings: list[int] = []
    producer = await kafka.idempotent_producer()
    try:
        while not stop.is_set():
            octets, at = octets_now(interfaces), datetime.now(UTC)
            record = reading(resource, source, boot, octets, at)
            await producer.send_and_wait(topic, json.dumps(record).encode(), partition=partition)
            more = f"  +{octets - readings[-1]}" if readings else ""
            say(f"{at:%H:%M:%S}  {octets} octets{more}")
            readings.append(octets)
            if len(readings) == count:
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), interval_s)
    finally:
        await producer.stop()
    return readings
