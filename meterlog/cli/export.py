"""`meterlog export`: a list or a report as a file, made by the installation as for anybody.

    $ meterlog export invoices --query 'status=issued&sort=-due_on' --format xlsx --out invoices.xlsx
    41,000 of 118,000 rows
    118,000 rows in invoices.xlsx
    $ meterlog export revenue --query group_by=month > revenue.csv
    $ meterlog export usage/records --columns id,quantity,state --format ndjson --out - | head

A name is that of a report (`GET /v1/reports`), else the path of a list below /v1/. A file that broke off is not left
behind; stopping the command stops the work.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Final

import typer

from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json, say

if TYPE_CHECKING:
    from meterlog.cli.client import Client

_LOOK_S: Final = 0.5
_SAY_EVERY_S: Final = 5.0
_STDOUT: Final = Path("-")


def export(
    name: Annotated[str, typer.Argument(metavar="LIST|REPORT", help="invoices, usage/records, revenue …")],
    file_format: Annotated[str, typer.Option("--format", help="csv, ndjson, pdf or xlsx.")] = "csv",
    query: Annotated[str, typer.Option(help="The query string of the list or report, without a page.")] = "",
    columns: Annotated[str | None, typer.Option(help="Which columns, in which order: a,b,c.")] = None,
    out: Annotated[Path, typer.Option(help="The file; - is stdout.")] = _STDOUT,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write a list or a report to a file: every row that matches, as of one moment."""
    from meterlog.cli.client import client

    if as_json and out == _STDOUT:
        raise typer.BadParameter("with --json the file needs a name of its own", param_hint="--out")
    with exit_codes(), client(data_dir) as ask:
        kind = "report" if name in {report["name"] for report in ask.get("/v1/reports")["items"]} else "list"
        body: dict[str, Any] = {kind: name, "query": query, "format": file_format}
        if columns is not None:
            body["columns"] = [column for column in columns.split(",") if column]
        job = _made(ask, ask.post("/v1/report-jobs", body))
        with _written(out) as file:
            ask.download(job["result_url"], file.write)
        if as_json:
            print_json({"id": job["id"], "rows": job["rows"], "file": str(out), "as_of": job["as_of"]})
        else:
            say(f"{job['rows']:,} rows{'' if out == _STDOUT else f' in {out}'}")


def _made(ask: Client, job: Any) -> Any:
    """The job when it is done. A work that has failed ends the command; one that is stopped here is stopped there."""
    said = time.monotonic()
    try:
        while job["status"] in ("queued", "running"):
            time.sleep(_LOOK_S)
            job = ask.get(f"/v1/report-jobs/{job['id']}")
            if time.monotonic() - said > _SAY_EVERY_S:
                said = time.monotonic()
                of = "" if job["total"] is None else f" of {job['total']:,}"
                say(f"{job['done']:,}{of} rows")
    except KeyboardInterrupt:
        with suppress(Exception):
            ask.post(f"/v1/report-jobs/{job['id']}/cancel", {})
        raise
    if job["status"] != "done":
        why = job["failures"][0]["detail"] if job["failures"] else f"it is {job['status']}"
        say(f"meterlog: {why}")
        raise typer.Exit(NO)
    return job


@contextmanager
def _written(out: Path) -> Iterator[IO[bytes]]:
    """Where the file goes; under another name until it is whole."""
    if out == _STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
