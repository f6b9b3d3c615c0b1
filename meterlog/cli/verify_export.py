"""`meterlog verify-export FILE`: is this export of the audit trail whole, unchanged, and of that installation?

    $ meterlog verify-export audit-2026-11-30.zip
    holds     1,284 events in 12 files, signed by E58D CFB0 D03A 1A9A on 2026-11-30T09:00:00Z
    $ meterlog verify-export audit-2026-11-30.zip --public-key 3f9a…
    DIFFERS   signed by another key than you gave
    $ meterlog verify-export changed.zip
    DIFFERS   events/invoicing.events-3-17.ndjson is not what was signed

Nothing but the file is needed. Without `--public-key` it proves that nothing was changed since it was signed by the key
that is in it: compare the fingerprint with what the installation shows (`GET /v1/audit-exports/signing-key`). Exit code
0 when all holds, 1 when something differs, 2 for a file that is no export.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from meterlog.cli.output import NO, WRONG_USE, Json, exit_codes, print_json, say

Key = Annotated[str | None, typer.Option("--public-key", help="The installation's key, in hexadecimal.")]


def verify_export(
    file: Annotated[Path, typer.Argument(help="An export: a ZIP.", exists=True, dir_okay=False)],
    public_key: Key = None,
    as_json: Json = False,
) -> None:
    """Check an export of the audit trail by itself. Exit code 1 when anything in it was changed."""
    from meterlog.export_check import NotAnExport, check

    with exit_codes():
        try:
            found = check(file, public_key=public_key)
        except NotAnExport as no:
            say(f"meterlog: not_an_export: {no}")
            if as_json:
                print_json({"holds": False, "code": "not_an_export", "detail": str(no)})
            raise typer.Exit(WRONG_USE) from no
        if as_json:
            print_json({"holds": not found.differences, **found._asdict()})
        elif found.differences:
            for difference in found.differences:
                print(f"DIFFERS   {difference}")
        else:
            print(
                f"holds     {found.events:,} events in {found.files} files, signed by {found.fingerprint}"
                f" on {found.made_at}"
            )
    if found.differences:
        raise typer.Exit(NO)
