"""Who tests what when several processes test side by side: each takes a whole file, since a file's tests may share what
is dear to set up.

Files that look at the played demo (fixture `demo`) go to one process together, so that it is played once.

A stack waits much of its time: for a session to end, a browser, a commit. But a takeover that waits for a processor
outlasts its test's patience. So there are no more processes with stacks than processors, and the first one beyond takes
the files that wait for nobody, at a low priority: it runs in the gaps. A second one beyond takes the files that do
hardly anything but wait.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.kit.source import ROOT

ON_THE_DEMO: Final = (
    "tests/console/test_console.py",
    "tests/console/test_generated_client.py",
    "tests/contracts/test_cloudevents.py",
    "tests/stories/test_demo.py",
    "tests/stories/test_every_filter.py",
    "tests/stories/test_imported.py",
    "tests/stories/test_rebuilt.py",
)
"""In this order: the last does business on it, and changes tables by hand."""

PATIENT: Final = ("tests/console/test_looks.py", "tests/services/invoicing/documents/test_pdf.py")
"""Slow ones that take a processor and no servers."""
PATIENT_FOLDER: Final = "tests/services/reporting/"
"""Its tests ask a database that one process has for all of them."""
STARTS_PROCESSES: Final = ("fresh_env", "running(", "shared.embedded")
"""What a file there says whose tests start more than that."""

IMPATIENT: Final = ("tests/shared/", "tests/meterlog/", "tests/chaos/", "tests/contracts/log/", "tests/kit/")
IMPATIENT_FOLDERS: Final = frozenset({"processes", "network", "stream"})
"""Where tests without servers measure time, or talk to processes and sockets of their own."""

WAITING: Final = (
    *("tests/shared/engine/", "tests/shared/http/", "tests/meterlog/entry/", "tests/contracts/log/"),
    # Until a gateway is asked again, a call is given up, or a replica is missed.
    "tests/services/payments/test_stripe_",
    "tests/services/payments/test_mobile_money_service.py",
    "tests/services/payments/test_top_up_service.py",
    "tests/services/payments/test_voucher_service.py",
    "tests/services/invoicing/test_deliveries.py",
    "tests/chaos/test_endurance.py",
)
"""Where three quarters of the time go by until a session, a transaction or a silence is over. They ask little of a
processor, but that soon.
"""

_TOLD_MAX: Final = 40

LOW_PRIORITY: Final = 10
"""A tenth of the others' share, where they want all of it."""


def works_in_the_gaps(worker_id: str, *, processors: int | None = None) -> bool:
    """Whether a worker (`gw0`, `gw1`, …) is the first one beyond the processors, or beyond the one that mostly waits.

    >>> [works_in_the_gaps(f"gw{n}", processors=2) for n in range(5)]
    [False, False, True, False, True]
    """
    return _beyond(worker_id, processors) == 1 or _beyond(worker_id, processors) > 2


def mostly_waits(worker_id: str, *, processors: int | None = None) -> bool:
    """Whether a worker is the second one beyond the processors.

    >>> [mostly_waits(f"gw{n}", processors=2) for n in range(5)]
    [False, False, False, True, False]
    """
    return _beyond(worker_id, processors) == 2


def _beyond(worker_id: str, processors: int | None) -> int:
    return int(worker_id.removeprefix("gw")) + 1 - (processors or os.cpu_count() or 1)


@cache
def is_patient(file: str) -> bool:
    """Whether a file's tests come out the same however long they wait for a processor. The path is the root's."""
    path = Path(file)
    if file in PATIENT:
        return True
    if file in ON_THE_DEMO or file.startswith(IMPATIENT) or IMPATIENT_FOLDERS & set(path.parts):
        return False
    source = (ROOT / path).read_text()
    if file.startswith(PATIENT_FOLDER):
        return not any(word in source for word in STARTS_PROCESSES)
    return "mark.servers" not in source and "mark.slow" not in source


def told(spent_s: Mapping[tuple[str, str], float]) -> Iterator[str]:
    """How long each process tested, and the files that took longest: what a run is made of, and who was left alone.

    >>> list(told({("gw0", "tests/a.py"): 61.4, ("gw0", "tests/b.py"): 2.0, ("gw1", "tests/c.py"): 9.6}))
    ['gw0 63 s, gw1 10 s', '   61 s  gw0  tests/a.py', '   10 s  gw1  tests/c.py', '    2 s  gw0  tests/b.py']
    """
    busy_s: defaultdict[str, float] = defaultdict(float)
    for (worker, _), seconds in spent_s.items():
        busy_s[worker] += seconds
    yield ", ".join(f"{worker} {seconds:.0f} s" for worker, seconds in sorted(busy_s.items()))
    for (worker, file), seconds in sorted(spent_s.items(), key=lambda entry: -entry[1])[:_TOLD_MAX]:
        yield f"{seconds:5.0f} s  {worker}  {file}"


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Whole files, those on the demo as one."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        self.spent_s: defaultdict[tuple[str, str], float] = defaultdict(float)
        """Of the clock, by process and file, with what its tests set up."""

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        file = self.registered_collections[node][item_index].partition("::")[0]
        self.spent_s[node.gateway.id, file] += duration
        super().mark_test_complete(node, item_index, duration)

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return ON_THE_DEMO[0] if file in ON_THE_DEMO else file

    def _next_for(self, node: WorkerController) -> str | None:
        """The first file that suits it: of those with stacks each takes what only they can take before the rest."""
        patient = [file for file in self.workqueue if is_patient(file)]
        waiting = [file for file in self.workqueue if file.startswith(WAITING)]
        if works_in_the_gaps(node.gateway.id):
            return next(iter(patient), None)
        if mostly_waits(node.gateway.id):
            return next(iter(waiting), None)
        stacks = (file for file in self.workqueue if file not in {*patient, *waiting})
        return next(chain(stacks, waiting, patient), None)

    def _assign_work_unit(self, node: WorkerController) -> None:
        file = self._next_for(node)
        if file is None:
            node.shutdown()
            return
        self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        if not node.shutting_down and self._next_for(node) is None:
            node.shutdown()
        else:
            super()._reschedule(node)
