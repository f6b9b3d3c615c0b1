"""Processes that do nothing but keep a core: what is slow on a busy machine is slow here too.

with busy(2):
    ...                          # two loops turn; they end with the block, or by themselves after `LOOPS_S_MAX`
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LOOPS_S_MAX: Final = 60
_LOOP: Final = f"""
import time
until = time.monotonic() + {LOOPS_S_MAX}
while time.monotonic() < until:
    sum(range(100_000))
"""


@contextmanager
def busy(loops: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many loops, each in a process of its own."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(loops):
            running.append(subprocess.Popen([sys.executable, "-c", _LOOP]))
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()
