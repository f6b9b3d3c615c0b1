"""A file of usage: its pieces are checked here as intake would, and taken by the job that takes every file."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from meterlog.cli.client import Client
from meterlog.cli.importing.csv_file import refuse
from meterlog.cli.importing.report import Report
from meterlog.cli.importing.rows import Failure
from services.usage.formats import formats
from services.usage.formats.contract import FORMAT, SOURCE, TIME_ZONE, Problem, ReportedRecord, Undecodable
from services.usage.record.admission import admit

_CHUNK: Final = 1 << 20
_PAUSE_S: Final = 0.2
_ENDED: Final = ("done", "failed", "cancelled")


@dataclass
class Checked:
    """How many pieces the file has, and what is wrong with some; their `line` is the place in the file, from 1."""

    pieces: int = 0
    failures: list[Failure] = field(default_factory=list)

    def as_report(self, *, dry_run: bool) -> Report:
        refused = len(self.failures)
        taken = self.pieces - refused if dry_run else 0
        return Report(rows=self.pieces, taken=taken, refused=refused, dry_run=dry_run, failures=self.failures)


def check(file: Path, format: str, *, source: str, time_zone: str | None) -> Checked:
    """Every piece of the file by the format's own parser, and by the bounds that every record has."""
    found = formats().get(format)
    if found is None or found.cutter is None:
        refuse(f"--format is one of {', '.join(name for name, one in formats().items() if one.cutter)}, not {format}")
    named = {FORMAT: format, SOURCE: source, TIME_ZONE: time_zone}
    headers = {name: value for name, value in named.items() if value is not None}
    checked = Checked()
    cutter = found.cutter()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            for body in cutter.feed(chunk):
                _add(checked, found.parse(body, headers))
    for body in cutter.end():
        _add(checked, found.parse(body, headers))
    return checked


def _add(checked: Checked, pieces: list[Any]) -> None:
    for piece in pieces:
        checked.pieces += 1
        problem = _problem(piece, checked.pieces)
        if problem is not None:
            checked.failures.append(problem)


def _problem(piece: Any, place: int) -> Failure | None:
    if isinstance(piece, Undecodable):
        return Failure(place, "undecodable", "", piece.detail)
    if isinstance(piece, ReportedRecord):
        piece = admit(piece, place, "import#")
    if isinstance(piece, Problem):
        return Failure(place, piece.code, piece.pointer, piece.detail)
    return None


def import_file(ask: Client, file: Path, format: str, *, source: str, time_zone: str | None) -> Report:
    """Have the file taken, and wait for its end. The same content of the same source is taken once."""
    job = ask.upload("/v1/usage/files", file, name=file.name[:255], source=source, format=format, time_zone=time_zone)
    while job["status"] not in _ENDED:
        time.sleep(_PAUSE_S)
        job = ask.get(f"/v1/jobs/{job['id']}")
    failures = [Failure(_place(one["id"]), one["code"], "", one["detail"]) for one in job["failures"]]
    return Report(rows=job["done"] + job["failed"], taken=job["done"], refused=job["failed"], failures=failures)


def _place(piece: str) -> int:
    return int(piece) + 1 if piece.isdigit() else 0
