"""What a data directory holds, and who may use it.

.meterlog/
    lock              held by the supervisor that runs here, with its pid
    processes.json    what it runs, so that a killed run's leftovers can be found
    ports.json        the ports of the servers behind the entry
    secrets.json      keys and passwords, made once, readable by the owner alone
    environment.json  the variables of every process here, likewise; there while it runs and after
    kafka/ postgres/  the data
    logs/             one file for each process

with DataDirectory(Path(".meterlog")).locked() as directory: ...     # AlreadyRunning if somebody else has it
DataDirectory(Path(".meterlog")).settings()                          # how to reach what runs there
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from shared.embedded.process import Identity
from shared.engine.settings import Settings


class AlreadyRunning(Exception):
    """Somebody else's supervisor holds the directory."""

    def __init__(self, path: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is in use by {who}; `meterlog status --data-dir {path}` shows what runs there")
        self.path, self.pid = path, pid


class NothingHere(Exception):
    """No stack was ever started in this directory."""


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """Keys and passwords of one installation, 256 bits each."""

    token_key: str
    vault_key: str
    postgres: str
    """The database administrator's password."""
    databases: Mapping[str, str]
    """The password of each database's role."""

    @classmethod
    def new(cls) -> Secrets:
        return cls(
            token_key=secrets.token_urlsafe(32),
            vault_key=secrets.token_urlsafe(32),
            postgres=secrets.token_urlsafe(32),
            databases={},
        )

    def with_databases(self, names: Iterable[str]) -> Secrets:
        """With a password for each of these."""
        made = {name: secrets.token_urlsafe(32) for name in names if name not in self.databases}
        return replace(self, databases={**self.databases, **made})


class DataDirectory:
    """The files of one installation."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.logs = self.path / "logs"
        self.ports_file = self.path / "ports.json"

    @contextmanager
    def locked(self) -> Iterator[Self]:
        """Hold the directory for this process; the system lets go of it however the process ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                pid = file.read().strip()
                raise AlreadyRunning(self.path, int(pid) if pid.isdigit() else None) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            try:
                yield self
            finally:
                file.truncate(0)

    def secrets(self, databases: Iterable[str] = ()) -> Secrets:
        """The installation's secrets, made on first use; with a password for each of these databases."""
        file = self.path / "secrets.json"
        kept = Secrets(**json.loads(file.read_text())) if file.exists() else None
        known = (kept or Secrets.new()).with_databases(databases)
        if known != kept:
            _write_private(file, asdict(known))
        return known

    def record(self, identities: Iterable[Identity]) -> None:
        """Note what runs now, for `recorded` of this run or of the one after a kill."""
        _write_private(self.path / "processes.json", [asdict(identity) for identity in identities])

    def recorded(self) -> list[Identity]:
        file = self.path / "processes.json"
        return [Identity(**entry) for entry in json.loads(file.read_text())] if file.exists() else []

    def running(self) -> dict[str, int]:
        """Names and pids of recorded processes that are still there."""
        return {identity.name: identity.pid for identity in self.recorded() if identity.find()}

    def note(self, settings: Settings) -> None:
        """Note the settings of what runs here."""
        _write_private(self.path / "environment.json", settings.variables())

    def settings(self) -> Settings:
        """Settings that reach what runs here, with all secrets: as good as being one of its processes."""
        file = self.path / "environment.json"
        if not file.exists():
            raise NothingHere(f"nothing was ever started in {self.path}; `meterlog up --data-dir {self.path}` does")
        return Settings.of(json.loads(file.read_text()))


def _write_private(file: Path, content: object) -> None:
    """Replace a file in one step; only its owner may read it."""
    new = file.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(content, out, indent=1)
        out.write("\n")
    new.replace(file)
