"""Rows are asked of the API, several at a time, each once."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final
from urllib.parse import quote

from meterlog.cli.client import Client, Refused
from meterlog.cli.importing.report import Report
from meterlog.cli.importing.rows import Failure, ImportRow
from meterlog.cli.output import say

AT_ONCE: Final = 8
"""Requests under way: more would only wait for the same partitions."""
TELL_EVERY_S: Final = 5.0
_FOUND, _TAKEN = "existing", "taken"
_THERE: Final = ("account_exists", "plan_exists")


def import_rows(ask: Client, kind: str, rows: Sequence[ImportRow], *, dry_run: bool, skip_bad: bool) -> Report:
    """Take the rows, or with `dry_run` say what would happen to each."""
    bad = [failure for row in rows for failure in row.failures]
    good = [row for row in rows if not row.failures]
    report = Report(rows=len(rows), dry_run=dry_run, failures=bad, refused=len(rows) - len(good))
    if bad and not skip_bad and not dry_run:
        return report

    @cache
    def is_there(path: str) -> bool:
        try:
            ask.get(path)
        except Refused as no:
            if no.status == 404:
                return False
            raise
        return True

    def one(row: ImportRow) -> str | list[Failure]:
        if dry_run:
            missing = [
                Failure(row.line, "not_found", at, f"there is no {path}")
                for at, path in row.needs
                if not is_there(path)
            ]
            return missing or (_FOUND if is_there(f"/v1/{kind}/{quote(row.id, safe='')}") else _TAKEN)
        return _made(ask, kind, row)

    told_s = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for n, outcome in enumerate(pool.map(one, good), 1):
            if time.monotonic() - told_s > TELL_EVERY_S:
                told_s = time.monotonic()
                say(f"{n:,} of {len(good):,} rows")
            if isinstance(outcome, list):
                report.failures += outcome
                report.refused += 1
            elif outcome == _FOUND:
                report.existing += 1
            else:
                report.taken += 1
    report.failures.sort(key=lambda failure: failure.line)
    return report


def _made(ask: Client, kind: str, row: ImportRow) -> str | list[Failure]:
    """Made now, or by the same row before. What has that id already stays as it is."""
    key = hashlib.sha256(json.dumps([kind, row.body], sort_keys=True).encode()).hexdigest()
    try:
        ask.post(f"/v1/{kind}", row.body, key=f"import-{key}")
        for path, body in row.then:
            ask.post(path, body, key=f"import-{key}-{len(path)}")
    except Refused as no:
        if no.status in (401, 403):
            raise
        if no.code in _THERE:
            return _FOUND
        return [Failure(row.line, no.code, "", str(no))]
    return _TAKEN
