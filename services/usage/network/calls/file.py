"""The row of a line in a CSV file that another program reads: written beside it and renamed, so that it is never half.

One writer at a time, of all processes of the machine: a lock on a file beside it.
"""

from __future__ import annotations

import csv
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import FileRequest


def write(element: Element, request: FileRequest) -> Outcome:
    """Raises `OSError`."""
    path = Path(element.address)
    with _alone(path):
        rows = [row for row in _read(path) if row and row[0] not in (request.row[0], request.header[0])]
        new = path.with_name(path.name + ".new")
        with new.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([request.header, *rows, request.row])
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    return Outcome("acknowledged", f"written, {len(rows) + 1} lines")


def writable(element: Element) -> Outcome:
    """Whether the file can be replaced, without doing so."""
    path = Path(element.address)
    if os.access(path.parent, os.W_OK):
        return Outcome("acknowledged", "the folder can be written to")
    return Outcome("refused", "the folder is not there or can't be written to")


def _read(path: Path) -> list[list[str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file))
    except FileNotFoundError:
        return []


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
