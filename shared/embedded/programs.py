"""What an installation consists of: its processes, its databases and its topics. Which they are is told from above.

    Installation(
        programs=(Program(name="rating", command=(sys.executable, "-m", ...)), Program(name="entry", ...)),
        databases=("rating", "vault"),
        topics=lambda settings: [...],
    )

Each program gets a port of its own on the loopback interface (`METERLOG_SERVICE_PORT`). The entry listens on the
installation's port instead and knows where the others are (`METERLOG_<SERVICE>_URL`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from shared.engine.settings import Settings
from shared.engine.topics import Topic

ENTRY: Final = "entry"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A process of the product and how to start it. A service knows its own database and the vault, the entry none.

    `nice`: how far it stands back where processors are short (as `nice -n`), for what only shows. `replica_of`: the
    service whose partitions, settings and database it shares, for a further process of one.
    """

    name: str
    command: tuple[str, ...]
    nice: int = 0
    replica_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Installation:
    """One product."""

    programs: tuple[Program, ...]
    databases: tuple[str, ...]
    topics: Callable[[Settings], Sequence[Topic]]
