"""Who tests what when several processes test side by side: each takes a whole file, since a file's tests may share what
is dear to set up.

Files that look at the played demo (fixture `demo`) go to one process together, so that it is played once.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadFileScheduling

ON_THE_DEMO: Final = (
    "tests/console/test_console.py",
    "tests/console/test_generated_client.py",
    "tests/contracts/test_cloudevents.py",
    "tests/stories/test_demo.py",
    "tests/stories/test_rebuilt.py",
)
"""In this order: the last does business on it, and changes tables by hand."""


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Whole files, those on the demo as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return ON_THE_DEMO[0] if file in ON_THE_DEMO else file
