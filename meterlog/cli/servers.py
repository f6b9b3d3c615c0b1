"""An installation's servers for a command that works on log and tables themselves, whether services run or not.

async with servers_of(data_dir) as settings:
    await RebuildJob(settings, spec).verify()

Where `meterlog up` runs, or the servers are given ones, they are simply used. Where an embedded installation stands
still (its services may refuse to start), Kafka and Postgres are started for the moment.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from meterlog.cli.output import installation, say

if TYPE_CHECKING:
    from shared.engine.settings import Settings


@asynccontextmanager
async def servers_of(data_dir: Path | None) -> AsyncIterator[Settings]:
    """Settings that reach log and databases. Raises `NothingHere`, `AlreadyRunning` or what the servers raise."""
    from meterlog.installation import INSTALLATION
    from shared.embedded.directory import DataDirectory
    from shared.embedded.ports import Ports
    from shared.embedded.servers import start_servers
    from shared.embedded.supervisor import Supervisor

    settings = installation(data_dir)
    directory = DataDirectory(settings.data_dir)
    running = directory.running()
    embedded = (directory.path / "postgres").exists() and (directory.path / "environment.json").exists()
    if not embedded or ("postgres" in running and "kafka" in running):
        yield settings
        return
    supervisor = Supervisor(say=say, changed=directory.record)
    with directory.locked():
        try:
            yield await start_servers(
                settings, INSTALLATION, directory, supervisor, Ports(directory.ports_file), say=say
            )
        finally:
            await supervisor.stop(("kafka",), grace_s=2.5)
            await supervisor.stop(("postgres",), grace_s=1.5)
