"""A FreeRADIUS server of somebody else's: the real one, with a configuration of the test's, on ports of 127.0.0.1.

    with radius_directory() as directory:
        async with freeradius(directory, "server nas { listen { type = coa … } recv-coa { … } }") as server:
            ...
            server.said()          # its log

It takes clients of 127.0.0.1 with SECRET. Debian: freeradius, freeradius-postgresql, freeradius-utils.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.kit.radius import SECRET
from tests.kit.waiting import until

SHIPPED: Final = Path("/etc/freeradius/3.0")
"""What FreeRADIUS ships: its schema for SQL, and the queries over it."""
_MODULES: Final = Path("/usr/lib/freeradius")

_MAIN: Final = """
prefix = /usr
libdir = {modules}
confdir = {directory}
modconfdir = {shipped}/mods-config
run_dir = {directory}
logdir = {directory}
radacctdir = {directory}/radacct
name = radiusd
max_request_time = 5
cleanup_delay = 2
max_requests = 1024
security {{
    max_attributes = 200
    reject_delay = 0
    status_server = yes
}}
client here {{
    ipaddr = 127.0.0.1
    secret = {secret}
}}
thread pool {{
    start_servers = 1
    max_servers = 2
    min_spare_servers = 1
    max_spare_servers = 2
    max_requests_per_server = 0
}}
"""


def needs_freeradius() -> None:
    """Skip the test where the server can't be had."""
    there = shutil.which("freeradius") and shutil.which("radclient") and (_MODULES / "rlm_sql_postgresql.so").exists()
    if not (there and SHIPPED.exists()):
        pytest.skip("FreeRADIUS is not installed (Debian: freeradius freeradius-postgresql freeradius-utils)")


class FreeRadius:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def said(self) -> str:
        return (self.directory / "log").read_text(errors="replace")


@contextmanager
def radius_directory() -> Iterator[Path]:
    """A directory for a server, gone after the block. Not in /dev/shm, as others of tests: FreeRADIUS writes no file
    there."""
    with tempfile.TemporaryDirectory(prefix="meterlog-radius-", dir="/tmp", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@asynccontextmanager
async def freeradius(directory: Path, configuration: str) -> AsyncIterator[FreeRadius]:
    """A server until the end of the block; it answers when the block begins."""
    main = _MAIN.format(modules=_MODULES, directory=directory, shipped=SHIPPED, secret=SECRET.decode())
    (directory / "radiusd.conf").write_text(main + configuration)
    server = FreeRadius(directory)
    with (directory / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("freeradius", "-X", "-d", str(directory), "-n", "radiusd"), stdout=log, stderr=log
        )
    try:

        async def ready() -> bool:
            assert process.returncode is None, server.said()[-3000:]
            return "Ready to process requests" in server.said()

        await until(ready)
        yield server
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def radclient(port: int, kind: str, attributes: str) -> str:
    """What `radclient` says of one packet, `auth` or `acct`; an answer that is no Accept makes it end with 1."""
    client = await asyncio.create_subprocess_exec(
        *("radclient", "-x", "-r", "1", "-t", "5", f"127.0.0.1:{port}", kind, SECRET.decode()),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(client.communicate(attributes.encode()), 30)
    return output.decode()
