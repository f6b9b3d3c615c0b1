"""`meterlog up`: the whole installation in the foreground.

$ meterlog up
starting Kafka and Postgres
starting services
Meterlog is ready: http://127.0.0.1:8080 (API documentation at /docs)
Kafka for equipment: 127.0.0.1:40213, topic local.usage.reported
data and logs: /srv/meterlog/.meterlog
nobody can sign in to the console yet: meterlog users create --email you@example.net --role admin
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from meterlog.cli.output import DataDir, exit_codes, say, settings_with

if TYPE_CHECKING:
    from shared.embedded.stack import Stack

Port = Annotated[int | None, typer.Option("--port", help="Port of the entry.", show_default="METERLOG_PORT or 8080")]

PROCESSES_MAX = 16


def up(
    data_dir: DataDir = None,
    port: Port = None,
    test_clock: Annotated[bool, typer.Option("--test-clock", help="Let the API set and advance the clock.")] = False,
    external: Annotated[
        bool, typer.Option("--external", help="Use KAFKA_BOOTSTRAP_SERVERS and POSTGRES_DSN, start no servers.")
    ] = False,
    processes: Annotated[
        int,
        typer.Option(
            "--processes",
            min=1,
            max=PROCESSES_MAX,
            help="Of usage and of rating, which take a processor each under load.",
        ),
    ] = 1,
) -> None:
    """Start Kafka, Postgres, the five services and the entry; Ctrl-C stops them."""
    from meterlog.cli.foreground import in_foreground, until_ended
    from meterlog.cli.users import FIRST_USER, anybody
    from meterlog.installation import with_processes
    from shared.embedded.stack import Stack

    async def stay(stack: Stack) -> None:
        announce(stack)
        if not await anybody(stack.settings):
            print(FIRST_USER, flush=True)
        await until_ended(stack)

    with exit_codes():
        settings = settings_with(data_dir=data_dir, port=port, test_clock=test_clock or None)
        if settings.test_clock and processes > 1:
            # Advancing waits until a process vouches for all partitions of its service, and two of them have half each.
            raise typer.BadParameter("a test clock needs one process of each service", param_hint="--processes")
        stack = Stack(settings, with_processes(processes), external=external, say=say)
        asyncio.run(in_foreground(stack, stay))


def announce(stack: Stack) -> None:
    """Say where everything is."""
    from meterlog.installation import reported

    settings = stack.settings
    print(f"Meterlog is ready: {stack.base_url} (API documentation at /docs)")
    print(f"Kafka for equipment: {settings.kafka_bootstrap_servers}, topic {reported(settings.env)}")
    print(f"data and logs: {stack.directory.path}", flush=True)
