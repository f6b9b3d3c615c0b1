"""Named points at which a process can be killed or stopped, to prove that it may be; without the variable they are
nothing.

    METERLOG_FAILPOINTS=/tmp/points METERLOG_INSTANCE=rating python -m services.rating.app &
    echo kill > /tmp/points/rating.committed         # dies between the Kafka and the Postgres transaction, once
    echo stop > /tmp/points/rating.fetched           # stops as a long pause would; SIGCONT lets it go on
    echo "3 kill" > /tmp/points/usage.intake_sent    # at the third pass

A file is taken away before its point acts, so each acts once and whoever waits for it sees that it did. The name before
the dot is `METERLOG_INSTANCE`; the supervisor of an embedded installation calls each process after its service. The
variable is read here, at import, and not from the settings: without it the name `failpoint` is bound to a function
that does nothing.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

DIRECTORY: Final = "METERLOG_FAILPOINTS"
INSTANCE: Final = "METERLOG_INSTANCE"

WORKER_POINTS: Final = {
    "takeover_begun": "before 0",
    "takeover_asked": "between 0 and 1, before the predecessor is fenced",
    "takeover_fenced": "between 1 and 1b",
    "takeover_closed": "1b, everything is closed",
    "takeover_replaying": "2, a part of what Postgres has not seen is applied",
    "takeover_caught_up": "between 2 and 3",
    "takeover_positioned": "between 3 and 4",
    "takeover_resumed": "after 4",
    "fetched": "5, inputs are read",
    "decided": "7, everything is decided and nothing written",
    "transaction_begun": "8, before the first send",
    "transaction_sent": "8, everything is sent and no offset",
    "transaction_complete": "8, offsets are sent and nothing committed",
    "committed": "between 8 and 9: the log is ahead of Postgres",
    "applying": "9, everything is written and not committed",
    "applied": "after 9",
    "timers_due": "timers are due and not sent",
    "timers_sent": "they are sent",
}
"""Where the owner of a partition can end, by the step of worker.py and takeover.py."""

COMMAND_POINTS: Final = {
    "command_bound": "the Idempotency-Key is bound, the command not sent",
    "command_sent": "the command is in the log, its caller waits",
}
"""Where the API of a deciding service can end."""

PROJECTOR_POINTS: Final = {
    "projector_positioned": "the inputs stand where the checkpoints say",
    "projector_fetched": "events are read",
    "projector_applying": "everything is written and not committed",
    "projector_applied": "the rows are there",
}
"""Where the owner of a partition of a view can end."""

INTAKE_POINTS: Final = {
    "intake_fetched": "reported records are read and not sent",
    "intake_sent": "all of them are in the log of commands, the offset has not moved",
    "intake_committed": "the offset has moved",
    "intake_progressed": "progress is reported, and not remembered",
}
"""Where intake can end."""

GATEWAY_POINTS: Final = {
    "gateway_calling": "the attempt is in the log, its gateway is not called",
    "gateway_called": "the gateway is called, and nobody is told what it said",
}
"""Where a process that calls gateways can end; only where something is collected, so none of every run."""

POINTS: Final = {**WORKER_POINTS, **COMMAND_POINTS, **PROJECTOR_POINTS, **INTAKE_POINTS}
"""Every point and where it lies."""

_SIGNALS: Final = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def _nothing(point: str) -> None:
    """What a point is outside of tests."""


class _Armed:
    """Looks for the file of each point that is passed."""

    def __init__(self, directory: Path, instance: str) -> None:
        self._directory = directory
        self._instance = instance
        self._passes: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        file = self._directory / f"{self._instance}.{point}"
        try:
            words = file.read_text().split()
        except FileNotFoundError:
            return
        self._passes[point] += 1
        wanted = int(words[0]) if len(words) > 1 else 1
        if not words or self._passes[point] < wanted:
            return
        del self._passes[point]
        file.unlink(missing_ok=True)
        os.kill(os.getpid(), _SIGNALS[words[-1]])


def _bound(environment: Mapping[str, str]) -> Callable[[str], None]:
    if directory := environment.get(DIRECTORY):
        return _Armed(Path(directory), environment.get(INSTANCE, ""))
    return _nothing


failpoint: Final = _bound(os.environ)
"""`failpoint("committed")`, one line at each point."""
