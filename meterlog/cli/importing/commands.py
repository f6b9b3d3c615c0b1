"""`meterlog import`: plans, accounts and usage from files.

    $ meterlog import accounts customers.csv --dry-run
    line 17: /tax_rate invalid_decimal: a number as text with a point, such as "12.40"
    118 rows: 117 would be taken, 1 refused
    $ meterlog import plans plans.csv
    6 rows: 6 taken, 0 there before, 0 refused

Nothing is sent while a row of the file is bad, unless `--skip-bad` leaves those out. Sent twice, a file changes
nothing: each row has a key of its own, made of what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from meterlog.cli.importing.report import finish
from meterlog.cli.importing.rows import ImportRow
from meterlog.cli.output import DataDir, Json, exit_codes

app = typer.Typer(no_args_is_help=True, help="Take plans, accounts or usage from a file.")

File = Annotated[Path, typer.Argument(help="The file.", exists=True, dir_okay=False, readable=True)]
DryRun = Annotated[bool, typer.Option(help="Check every row, here and against what is there; change nothing.")]
SkipBad = Annotated[bool, typer.Option(help="Take the good rows though others are bad.")]


@app.command("accounts")
def accounts(
    file: File, dry_run: DryRun = False, skip_bad: SkipBad = False, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Accounts from CSV: a column for each field of `POST /v1/accounts`; `address.city`, lines of an address by `|`."""
    from meterlog.cli.importing.accounts import read

    _import_rows("accounts", read, file, dry_run=dry_run, skip_bad=skip_bad, data_dir=data_dir, as_json=as_json)


@app.command("plans")
def plans(
    file: File, dry_run: DryRun = False, skip_bad: SkipBad = False, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Plans from CSV: a row for each price, rows of one `id` are one plan; with `effective_from` it is published."""
    from meterlog.cli.importing.plans import read

    _import_rows("plans", read, file, dry_run=dry_run, skip_bad=skip_bad, data_dir=data_dir, as_json=as_json)


@app.command("usage")
def usage(
    file: File,
    source: Annotated[str, typer.Option(help="Who measured what is in it; part of every record's identity.")],
    format: Annotated[str, typer.Option(help="csv, json, ipdr, cdr_3gpp, asterisk, freeswitch.")] = "csv",
    time_zone: Annotated[str | None, typer.Option(help="Of instants without an offset; else UTC.")] = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Usage records from a file of equipment, up to 256 MB."""
    from meterlog.cli.client import client
    from meterlog.cli.importing.usage import check, import_file

    with exit_codes():
        checked = check(file, format, source=source, time_zone=time_zone)
        if dry_run or (checked.failures and not skip_bad):
            finish(checked.as_report(dry_run=dry_run), as_json=as_json)
            return
        with client(data_dir) as ask:
            finish(import_file(ask, file, format, source=source, time_zone=time_zone), as_json=as_json)


def _import_rows(
    kind: str,
    read: Callable[[Path], list[ImportRow]],
    file: Path,
    *,
    dry_run: bool,
    skip_bad: bool,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """A file that can't be read is refused before anybody is asked for a key."""
    from meterlog.cli.client import client
    from meterlog.cli.importing.sending import import_rows

    with exit_codes():
        rows = read(file)
        with client(data_dir) as ask:
            finish(import_rows(ask, kind, rows, dry_run=dry_run, skip_bad=skip_bad), as_json=as_json)
