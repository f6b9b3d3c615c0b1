"""RADIUS accounting over UDP, where METERLOG_RADIUS_PORT is set: a listener beside the usage process, kept by it.

The listener (radius_listener.py) is a process of its own. Over its standard input and output it is told each second
whose packets to take, and tells what it has done; it ends when we do. While it says nothing, readiness is red. If it
ends or goes on saying nothing, so do we, and the supervisor starts both again.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

import structlog

from shared.engine.background import Host
from shared.engine.postgres import AWAY
from shared.engine.telemetry import RADIUS_PACKETS
from shared.http.vault import ERASED, NotSealed, Vault
from shared.kernel.instants import EPOCH

log = structlog.get_logger()

EVERY_S: Final = 1.0
QUIET_S: Final = 5.0
"""So long may the listener, which speaks each second, be late."""
SILENT_S: Final = 30.0
SOURCES_MAX: Final = 20_000

_KNOWN: Final = f"""
select id, version, addresses, secret, line, signed from source
 where deleted_at is null and secret is not null and addresses <> '[]' order by id limit {SOURCES_MAX}
"""


class ListenerEnded(Exception):
    """The RADIUS listener has ended, or says nothing any more."""


async def run_radius(host: Host) -> None:
    """Run until cancelled; without a port there is nothing to do. Raises `ListenerEnded`."""
    if host.settings.radius_port is None:
        host.feeds["RADIUS"] = None
        await asyncio.Event().wait()
    listener = _Listener(host)
    host.feeds["RADIUS"] = listener
    await listener.run()


class _Listener:
    """The listener's process, and what it is told."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._vault = Vault(host.settings)
        self._rows: Sequence[Any] | None = None
        self._heard_at: float | None = None

    def standing(self) -> tuple[bool, str]:
        if self._heard_at is None:
            return False, "the RADIUS listener has not started yet"
        silent_s = time.monotonic() - self._heard_at
        return (
            (True, "") if silent_s < QUIET_S else (False, f"the RADIUS listener has said nothing for {silent_s:.0f} s")
        )

    async def lag(self) -> int:
        """0: a packet that is not in the log is not answered, and its sender still has it."""
        return 0

    async def settled(self) -> bool:
        return True

    async def run(self) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.usage.processes.radius_listener"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None and process.stdout is not None
        tasks = [asyncio.create_task(each) for each in (self._tell(process.stdin), self._hear(process.stdout))]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            if process.returncode is None:
                process.kill()
            await self._vault.close()

    async def _tell(self, to: asyncio.StreamWriter) -> None:
        """Who may send, whenever that has changed; and what time it is, where a test says so."""
        while True:
            told: dict[str, Any] = {}
            sources = await self._changed()
            if sources is not None:
                told["sources"] = sources
            if self._host.settings.test_clock:
                told["now_us"] = int((self._host.clock.now() - EPOCH).total_seconds()) * 1_000_000
            try:
                to.write(json.dumps(told).encode() + b"\n")
                await to.drain()
            except ConnectionError as error:
                raise ListenerEnded("the RADIUS listener has ended; see the lines above") from error
            await asyncio.sleep(EVERY_S)

    async def _hear(self, told: asyncio.StreamReader) -> None:
        while True:
            try:
                async with asyncio.timeout(SILENT_S):
                    line = await told.readline()
            except TimeoutError as error:
                raise ListenerEnded(f"the RADIUS listener has said nothing for {SILENT_S:.0f} s") from error
            if not line:
                raise ListenerEnded("the RADIUS listener has ended; see the lines above")
            self._heard_at = time.monotonic()
            for outcome, count in json.loads(line).items():
                RADIUS_PACKETS.labels(outcome).inc(count)

    async def _changed(self) -> list[dict[str, Any]] | None:
        """The sources, if they are others than those told last; what can't be read changes nothing."""
        try:
            rows = [tuple(row) for row in await self._host.pool.fetch(_KNOWN)]
            if rows == self._rows:
                return None
            sources = [await self._opened(*row) for row in rows]
        except AWAY as error:
            log.warning("radius_sources_unreadable", error=repr(error))
            return None
        self._rows = rows
        return [source for source in sources if source is not None]

    async def _opened(
        self, source_id: str, _version: int, addresses: str, sealed: str, line: str, signed: bool
    ) -> dict[str, Any] | None:
        """One secret that does not open costs the others nothing."""
        try:
            secret = await self._vault.open_secret(sealed)
        except NotSealed as error:
            log.error("radius_secret_unreadable", source=source_id, error=str(error))
            return None
        if secret == ERASED:
            return None
        return {"id": source_id, "addresses": json.loads(addresses), "secret": secret, "line": line, "signed": signed}
