"""`meterlog watch-folder`: files of usage that appear in a folder are taken, once, and moved away.

    $ meterlog watch-folder /srv/ipdr --source cmts1 --format ipdr
    samis-0115.xml   done: 1842 taken, 0 refused
    samis-0130.xml   failed: 0 taken, 1 refused

A file is taken when it has not changed between two looks; hidden files and those that end in `.part` or `.tmp` are left
alone until they are renamed. What was taken lies in `done/`, what was not in `failed/`,
each with `<name>.report.json` beside it. A file that was taken before, under whatever name, is not taken again: the
service knows it by its content. So this may end and begin anew at any moment.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json, say

if TYPE_CHECKING:
    from meterlog.cli.client import Client

UNFINISHED: Final = (".part", ".tmp", ".filepart", ".crdownload")
_ENDED: Final = ("done", "failed", "cancelled")
_PAUSE_S: Final = 0.2

Seen = dict[Path, tuple[int, int]]
"""Size and time of change in nanoseconds, at the look before."""


def watch_folder(
    folder: Annotated[Path, typer.Argument(help="Where the files appear.", exists=True, file_okay=False)],
    source: Annotated[str, typer.Option(help="Who measured what is in them; part of every record's identity.")],
    format: Annotated[str | None, typer.Option(help="csv, json, ipdr, cdr_3gpp, asterisk, freeswitch.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Of instants without an offset; else UTC.")] = None,
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option(help="Take what is there, and end.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Take the files of usage that appear in a folder; with --once those that are there."""
    from meterlog.cli.client import client

    reports: list[dict[str, Any]] = []
    with exit_codes(), client(data_dir) as ask:
        query = {"source": source, "format": format, "time_zone": time_zone}
        seen: Seen = {}
        try:
            for looks in _looks(interval):
                for file in complete_files(folder, seen):
                    reports.append(take(ask, file, query))
                # The first look only sees sizes; the second tells what has not changed since.
                if once and looks >= 2 and not any(_candidates(folder)):
                    break
        except KeyboardInterrupt:
            say("stopped; what was not moved is taken by the next one")
    failed = sum(report["status"] != "done" for report in reports)
    if as_json:
        print_json({"files": len(reports), "failed": failed, "reports": reports})
    if once and failed:
        raise typer.Exit(NO)


def complete_files(folder: Path, seen: Seen) -> Iterator[Path]:
    """Files that nobody writes to any more: size and time are as at the look before, which `seen` is brought up to."""
    now: Seen = {}
    for file in _candidates(folder):
        try:
            stat = file.stat()
        except FileNotFoundError:
            continue
        now[file] = (stat.st_size, stat.st_mtime_ns)
        if seen.get(file) == now[file]:
            yield file
    seen.clear()
    seen.update(now)


def take(ask: Client, file: Path, query: dict[str, str | None]) -> dict[str, Any]:
    """Have a file taken, wait for its end, and move it. Raises `Unreachable` and leaves it where it is."""
    from meterlog.cli.client import Refused

    try:
        job = ask.upload("/v1/usage/files", file, name=file.name[:255], **query)
        while job["status"] not in _ENDED:
            time.sleep(_PAUSE_S)
            job = ask.get(f"/v1/jobs/{job['id']}")
    except Refused as no:
        if no.status in (401, 403):
            raise
        if no.status == 429:
            # Many files wait: it is looked at again.
            return {"file": file.name, "status": "waiting", "detail": str(no)}
        job = {"status": "failed", "done": 0, "failed": 0, "failures": [{"id": "", "code": no.code, "detail": str(no)}]}
    report = {"file": file.name, **job}
    move(file, report)
    say(f"{file.name}   {job['status']}: {job['done']} taken, {job['failed']} refused")
    return report


def move(file: Path, report: dict[str, Any]) -> None:
    """To `done/` or `failed/`, the report first: a file that is moved has one."""
    folder = file.parent / ("done" if report["status"] == "done" else "failed")
    folder.mkdir(exist_ok=True)
    target, n = folder / file.name, 1
    while target.exists():
        target, n = folder / f"{file.stem}.{n}{file.suffix}", n + 1
    target.with_name(f"{target.name}.report.json").write_text(json.dumps(report, indent=2))
    file.rename(target)


def _looks(interval_s: float) -> Iterator[int]:
    looks = 0
    while True:
        looks += 1
        yield looks
        time.sleep(interval_s)


def _candidates(folder: Path) -> list[Path]:
    """Files that are to be taken, oldest first."""
    files = [file for file in folder.iterdir() if file.is_file()]
    found = [file for file in files if not file.name.startswith(".") and file.suffix.lower() not in UNFINISHED]
    return sorted(found, key=lambda file: (file.stat().st_mtime_ns if file.exists() else 0, file.name))
