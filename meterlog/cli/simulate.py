"""`meterlog simulate`: a whole network that reports its usage, with the troubles that real ones have.

    $ meterlog simulate --set-up --lines 500 --for 6h --rate 2000 --faults duplicates,late,malformed
    500 lines are signed up
    42,630 records in 21.4 s: 3,542 business, 21,600 pon, 9,021 session, 1,046 voice reports
    faults: 351 duplicates, 280 late, 104 malformed
    to be counted: 42,175 accepted, 351 duplicates, 104 malformed, data.octets 1884132202134

Optical lines with their evening peak, business circuits sampled every five minutes, calls, and sessions of those who
dial in; over Kafka, HTTP, or as RADIUS accounting packets, which tell of sessions alone. The same seed, lines, start
and faults send the same bytes. `--expect FILE` writes down what must be counted of it, each record once
(meterlog/simulation/expectation.py). It ends after `--for`, or when interrupted; what was held back is sent before.

Without `--rate` it goes as its own time does, `--speed` times as fast as ours. It never reports what has not happened:
having caught up with the clock, it goes on with it. Over HTTP, and to sign up, it needs METERLOG_API_KEY.
"""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from meterlog.cli.output import (
    NO,
    WRONG_USE,
    DataDir,
    Json,
    Unreachable,
    exit_codes,
    installation,
    print_json,
    say,
)

if TYPE_CHECKING:
    from meterlog.simulation.plan import Plan
    from meterlog.simulation.senders import Sender

_REGISTERED_PORT: Final = 1813


def simulate(
    over: Annotated[str, typer.Option(help="kafka, http or radius.")] = "kafka",
    lines: Annotated[int, typer.Option(min=1, max=1_000_000, help="Customers' lines.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed is the same network.")] = 1,
    start: Annotated[str | None, typer.Option(help="When its time begins; else --for ago, in real time now.")] = None,
    length: Annotated[str | None, typer.Option("--for", help="How long, in its time: 90s, 45m, 6h, 7d.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, help="Records a second, whatever their time.")] = None,
    speed: Annotated[float, typer.Option(min=0.1, help="Seconds of its time in a second of ours.")] = 1.0,
    faults: Annotated[str, typer.Option(help="Which troubles, with commas between; or all.")] = "",
    set_up: Annotated[bool, typer.Option("--set-up", help="Sign its customers up first.")] = False,
    expect: Annotated[Path | None, typer.Option(help="Write what must be counted to this file.")] = None,
    radius: Annotated[str | None, typer.Option(help="HOST:PORT of the RADIUS listener.")] = None,
    radius_address: Annotated[str, typer.Option(help="Ours, as the listener sees it (--set-up).")] = "127.0.0.1",
    secret: Annotated[str, typer.Option(help="What the packets are signed with.")] = "simulated",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Play a network that reports its usage, at any rate and with the faults of real ones."""
    from meterlog.simulation.plan import WrongUse, planned

    with exit_codes():
        now = datetime.now(UTC)
        try:
            plan = planned(
                over=over, lines=lines, seed=seed, start=start, length=length, rate=rate, speed=speed, faults=faults,
                now=now,
            )  # fmt: skip
        except WrongUse as error:
            say(f"meterlog: {error}")
            raise typer.Exit(WRONG_USE) from error
        if set_up:
            asyncio.run(_set_up(plan, data_dir, radius_address, secret))
        figures = asyncio.run(_run(plan, _sender(over, data_dir, radius, secret)))
        if expect is not None:
            expect.write_text(json.dumps(figures["expected"], indent=2) + "\n")
        if as_json:
            print_json(figures)
        else:
            say(sentences(figures))


def sentences(figures: Mapping[str, Any]) -> str:
    """What was sent and what must be counted, for a person."""
    expected = figures["expected"]
    counted = {name: expected[name] for name in ("accepted", "duplicates", "malformed", "rejected") if expected[name]}
    parked = {f"quarantined {reason}": count for reason, count in expected["quarantined"].items()}
    quantity = "".join(f", {meter} {total}" for meter, total in expected["quantity"].items())
    lines = [f"{figures['records']:,} records in {figures['seconds']} s: {_counts(figures['reports'])} reports"]
    if figures["faults"]:
        lines.append(f"faults: {_counts(figures['faults'])}")
    lines.append(f"to be counted: {_counts({**counted, **parked})}{quantity}")
    return "\n".join(lines)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "no"


async def _set_up(plan: Plan, data_dir: Path | None, address: str, secret: str) -> None:
    from meterlog.cli.client import address as address_of
    from meterlog.demo.client import Client, Refused
    from meterlog.simulation.set_up import Radius, set_up
    from shared.kernel.instants import EPOCH

    client = Client(*address_of(data_dir))
    radius = Radius(f"sim{plan.network.seed}-radius", address, secret) if plan.over == "radius" else None
    first = (EPOCH + timedelta(microseconds=plan.start_us)).date()
    try:
        await set_up(plan.network, first, client, radius=radius)
    except Refused as refused:
        say(f"meterlog: {refused}")
        raise typer.Exit(NO) from refused
    finally:
        await client.close()
    say(f"{len(plan.network.lines)} lines are signed up")


def _sender(over: str, data_dir: Path | None, radius: str | None, secret: str) -> Sender:
    from meterlog.cli.client import address
    from meterlog.simulation.radius_sender import RadiusSender
    from meterlog.simulation.senders import HttpSender, KafkaSender

    match over:
        case "kafka":
            return KafkaSender(installation(data_dir))
        case "http":
            return HttpSender(*address(data_dir))
        case _:
            host, port = _listener(radius, data_dir)
            return RadiusSender(host, port, secret.encode())


def _listener(radius: str | None, data_dir: Path | None) -> tuple[str, int]:
    """As said, else as the installation has it, else the registered port of this machine."""
    from meterlog.cli.output import settings_with

    if radius is None:
        return "127.0.0.1", settings_with(data_dir=data_dir).radius_port or _REGISTERED_PORT
    host, _, port = radius.rpartition(":")
    if not host or not port.isdigit():
        say(f"meterlog: --radius is an address and a port such as 127.0.0.1:1813, not {radius!r}")
        raise typer.Exit(WRONG_USE)
    return host.strip("[]"), int(port)


async def _run(plan: Plan, sender: Sender) -> dict[str, Any]:
    """Play it until its end, or until somebody interrupts it."""
    from meterlog.simulation.expectation import Expectation
    from meterlog.simulation.pacing import Pace
    from meterlog.simulation.run import Tally, simulate
    from meterlog.simulation.senders import NotTaken

    enough = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, enough.set)
    tally, began = Tally(Expectation(plan.over)), time.monotonic()
    pace = Pace(plan.start_us, time.time_ns() // 1000, plan.rate, plan.speed)
    try:
        async with sender:
            await simulate(plan.stream(enough), sender, pace, tally, enough)
    except NotTaken as error:
        raise Unreachable(str(error)) from error
    figures = {**tally.figures(), "refused": sender.refused, "seconds": round(time.monotonic() - began, 1)}
    return {**figures, "expected": tally.expected.totals()}
