"""docs/reports.md: every report with its definition, its columns and their formulas, from the catalogue itself.

reports_page().splitlines()[0]     '# Reports'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.reporting.report.catalogue import catalogue, row_catalogue

_RANGES: Final[Mapping[str | None, str]] = {
    "twelve_months": "the twelve months up to today",
    "last_month": "the month before this one",
    "thirty_days": "the thirty days up to today",
    None: "as of now, or of all days",
}
_OPENING: Final = """# Reports

What reports tell, column by column. Written from the code by `meterlog docs events`; `GET /v1/reports` answers with the
same. Amounts of different currencies are never added: each currency has rows of its own. Percents and days are rounded
to one decimal, half away from zero; amounts are exact.

Every figure leads to its rows: `rows` of an item names the list, with its filters, that holds exactly what was summed
up, or null where no list has it (a percentage, or what was open on another day than today).

Sums are kept by day as events come, so a report of years reads no documents; only revenue by account or subscription
does. A report has at most 10,000 rows and spans at most the days that are said below it; more is refused with 422.
"""


def reports_page() -> str:
    """The page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _OPENING
    for entry in catalogue():
        yield from _report(entry)
    yield "## Rows behind figures\n"
    yield "Lists of this service that have the rows where no other list has exactly them.\n"
    for rows in row_catalogue():
        yield f"### `GET {rows['path']}`\n\n{rows['definition']} Filters: {_names(rows['filters'])}.\n"
        yield from _table(rows["columns"])
        yield ""


def _report(entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {entry['name']}\n\n{entry['definition']}{' ' * bool(entry['about'])}{entry['about']}\n"
    asked = f"`GET /v1/reports/{entry['name']}` takes {_names(entry['parameters'])}"
    groups = f"; `group_by` is {_names(entry['groups'])}" if entry["groups"] else ""
    by_itself = f", {entry['default_group']} by itself" if entry["default_group"] else ""
    days = f" By default {_RANGES[entry['default_range']]}; at most {entry['days_max']:,} days."
    yield f"{asked}{groups}{by_itself}.{days if 'from' in entry['parameters'] else ''}\n"
    yield from _table(entry["columns"])
    if entry["figures"]:
        yield "\nIts figures by `name`:\n"
        yield from _table(entry["figures"])
    yield ""


def _table(columns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| name | kind | what it means | formula |"
    yield "|---|---|---|---|"
    for column in columns:
        formula = f"`{column['formula']}`" if column["formula"] else ""
        yield f"| `{column['name']}` | {column['kind']} | {column['definition']} | {formula} |"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
