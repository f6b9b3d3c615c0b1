"""The rows of one service's database. Values are never edited in place, so a copy of the dictionaries is a backup.

database = Database()
backup = database.copy()
database.digest() == backup.digest()
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]


@dataclass
class Database:
    """`extra` holds rows that a service's stand-in projection writes, by table and key."""

    checkpoints: dict[tuple[int, str, int], Row] = field(default_factory=dict)
    states: dict[tuple[int, str, str], bytes] = field(default_factory=dict)
    timers: dict[tuple[int, str], Row] = field(default_factory=dict)
    results: dict[tuple[str, int], Row] = field(default_factory=dict)
    extra: dict[tuple[str, int, str], bytes] = field(default_factory=dict)
    findings: dict[tuple[str, int], Row] = field(default_factory=dict)
    started_at: datetime = datetime(2026, 9, 1, tzinfo=UTC)

    def copy(self) -> Database:
        """A backup."""
        copies: dict[str, Any] = {name: dict(rows) for name, rows in self.__dict__.items() if isinstance(rows, dict)}
        return replace(self, **copies)

    def restore(self, backup: Database) -> None:
        """Everything as it was then, in place, by a server that starts anew: connections that are open break."""
        started_at = self.started_at + timedelta(seconds=1)
        self.__dict__.update(backup.copy().__dict__)
        self.started_at = started_at

    def digest(self) -> str:
        """Of all rows that follow from the log. How far inputs are read does not: it is no event."""
        rows = hashlib.blake2b(digest_size=16)
        tables: tuple[Mapping[Any, object], ...] = (self.states, self.timers, self.results, self.extra)
        for table in tables:
            for key in sorted(table):
                rows.update(repr((key, table[key])).encode())
        return rows.hexdigest()
