"""What is in a file of bank statements, before any of it is taken: its columns, and its first entries."""

from __future__ import annotations

from typing import IO, Any, Final

from services.payments.bank_statement.importing import summarised
from services.payments.statements.contract import Reading, StatementEntry, StatementFormat
from services.payments.statements.parsing.headings import headings
from shared.http.money import money

_FIRST: Final = 20


async def preview_of(file: IO[bytes], form: StatementFormat | None, reading: Reading) -> dict[str, Any]:
    """As `BankStatementPreview`; of CSV whose columns nobody has said yet their names. Raises as `summarised`."""
    is_table = form is None or (form.name == "csv" and reading.columns is None)
    if is_table or form is None:
        return {"format": None, "headings": headings(file), "entries": None, "accounts": [], "first": []}
    found = await summarised(file, form, reading)
    file.seek(0)
    first: list[dict[str, Any]] = []
    for one in form.read(file, reading):
        if isinstance(one, StatementEntry):
            first.append(_shown(one))
        if len(first) == _FIRST:
            break
    return {
        "format": form.name,
        "headings": headings(file) if form.name == "csv" else [],
        "entries": sum(summary.entries for summary in found.values()),
        "accounts": sorted(found),
        "first": first,
    }


def _shown(entry: StatementEntry) -> dict[str, Any]:
    return {
        "booked_on": entry.booked_on,
        "amount": money(entry.amount, entry.currency),
        "name": entry.name,
        "iban": entry.iban,
        "text": entry.text,
    }
