"""`meterlog conservation`: where every usage record of a span has gone, and whether it adds up.

    $ meterlog conservation --from 2026-08-01 --to 2026-11-01
    60,600 records in = 60,300 accepted + 300 duplicates + 0 conflicts + 0 malformed
    60,300 accepted = 39,873 billed + 0 allowance + 19,938 unbilled + 300 parked + 189 not billable + 0 retracted
    balanced
    $ meterlog conservation --account acc-1 --json
    {"records_in": 8655, "accepted": 8650, ..., "balanced": true, "unbalanced": [], "items": [...]}

Exit code 0 when it balances, 1 when it does not: then the records that break it are named, and those of the last 35
days that count in more than one place. Records on their way to
rating are shown as in flight and break nothing. Where something reported has not come all the way yet, a line says
`not settled`, and where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json

_IN: Final = ("accepted", "duplicates", "conflicts", "malformed")
_PLACES: Final = ("billed", "allowance", "unbilled", "parked", "not_billable", "retracted")
# Shown only when there is something in them.
_RARE: Final = ("in_flight", "unplaced")
_LINES_MAX: Final = 500


def conservation(
    start: Annotated[
        str | None, typer.Option("--from", help="Service time from here on: an instant, or a date.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="Service time up to here, exclusive.")] = None,
    account: Annotated[str | None, typer.Option(help="Only of this account, with a line for each period.")] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Say where every usage record has gone. Exit code 1 when the statement does not balance."""
    from meterlog.cli.client import reports

    with exit_codes(), reports(data_dir) as ask:
        query = {"from": start, "to": end, "account_id": account, "limit": _LINES_MAX}
        statement = ask.get("/v1/proof/conservation", **query)
        if as_json:
            print_json(statement)
        else:
            _print(statement, with_lines=account is not None)
        if not statement["balanced"]:
            raise typer.Exit(NO)


def _print(statement: Mapping[str, Any], *, with_lines: bool) -> None:
    from rich.console import Console

    out = Console(highlight=False, soft_wrap=True)
    if with_lines:
        for line in statement["items"]:
            out.print(_line(line))
        if statement["total"] > len(statement["items"]):
            out.print(f"{len(statement['items'])} of {statement['total']} lines; the API pages through them")
    out.print(f"{statement['records_in']:,} records in = {_sum(statement, _IN)}")
    shown = (*_PLACES, *(term for term in _RARE if statement[term]))
    out.print(f"{statement['accepted']:,} accepted = {_sum(statement, shown)}")
    if statement["in_flight"]:
        out.print(f"{statement['in_flight']:,} on their way to rating, the oldest since {statement['in_flight_since']}")
    for place in statement.get("waiting_for", ()):
        out.print(f"not settled: {place}")
    for citation in statement["unbalanced"]:
        out.print(f"unbalanced: {citation}")
    if statement["unbalanced_total"] > len(statement["unbalanced"]):
        out.print(f"unbalanced: {statement['unbalanced_total']:,} records in all")
    for one in statement.get("counted_twice", ()):
        out.print(f"counted twice: {one['source']} {one['id']} of {one['day']}: {', '.join(one['records'])}")
    if statement.get("counted_twice_total", 0) > len(statement.get("counted_twice", ())):
        out.print(f"counted twice: {statement['counted_twice_total']:,} records in all")
    for sums in statement["disagreements"]:
        out.print(_disagreement(sums))
    out.print("balanced" if statement["balanced"] else "DOES NOT BALANCE")


def _sum(statement: Mapping[str, Any], terms: tuple[str, ...]) -> str:
    return " + ".join(f"{statement[term]:,} {term.replace('_', ' ')}" for term in terms)


def _disagreement(sums: Mapping[str, Any]) -> str:
    what = f"{sums['subscription_id']} {sums['meter']}, period from {sums['period_start']}"
    counted = f"usage has {sums['usage_records']:,} records ({sums['usage_quantity']})"
    return (
        f"disagreement: {what}: {counted}, rating {sums['rated_records']:,} ({sums['rated_quantity']}), "
        f"charges {sums['charged_records']:,}"
    )


def _line(line: Mapping[str, Any]) -> str:
    """`acc-1 2026-09-01: 1,100 accepted = 900 billed + 200 parked`."""
    terms = tuple(term for term in (*_PLACES, *_RARE) if line[term])
    begins = f" {line['period']['start']}" if line["period"] else ""
    return f"{line['account_id'] or '-'}{begins}: {line['accepted']:,} accepted = {_sum(line, terms) or '0'}"
