"""The statement of an M-Pesa organisation, as its portal gives it: CSV under a letterhead.

    Short Code:,174379
    Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,…,A/C No.
    SJ9AB1C2D3,09-10-2026 12:30:11,09-10-2026 12:30:02,Pay Bill from 2547…,Completed,36.00,,1036.00,…,MZQ22OWTPTZ2

The account number that the payer gave, or that we gave with the request, is the entry's reference from end to end. What
is not completed has moved nothing and is passed by. Without a currency it is KES.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Final

from services.payments.statements.contract import Example, Found, Reading, StatementEntry, StatementFormat
from services.payments.statements.contract import StatementHeader as Header
from services.payments.statements.parsing import clean
from services.payments.statements.parsing.amounts import amount_of, checked_day
from services.payments.statements.parsing.headings import HEAD_LINES, cells_of
from services.payments.statements.parsing.text_lines import text_lines
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection

_NEEDED: Final = ("receipt no.", "completion time", "transaction status", "paid in", "withdrawn")
_DAYS: Final = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")
_PARTY: Final = re.compile(r"^\s*(?:\+?[0-9*]{6,15})?\s*-?\s*(.*)$", re.ASCII)


def detects(head: bytes) -> bool:
    """Receipts, paid in and withdrawn: so no bank names its columns."""
    small = head.lower()
    return all(name.encode() in small for name in _NEEDED)


def read(file: IO[bytes], reading: Reading) -> Iterator[Found]:
    lines = enumerate(text_lines(file), 1)
    names, shortcode = _heading(lines)
    account = reading.bank_account or shortcode
    if not account:
        raise Rejection("required", "the file names no short code; give bank_account", pointer="/bank_account")
    currency = (reading.currency or "KES").upper()
    yield Header(bank_account=account, currency=currency)
    for number, line in lines:
        cells = cells_of(line, ",")
        if any(cells):
            found = {name: cells[n] if n < len(cells) else "" for name, n in names.items()}
            if found["transaction status"].casefold() == "completed":
                yield _entry(found, currency, number)


def _heading(lines: Iterator[tuple[int, str]]) -> tuple[dict[str, int], str]:
    """Where each column is, and the short code of the letterhead."""
    shortcode = ""
    for number, line in lines:
        cells = [cell.casefold() for cell in cells_of(line, ",")]
        names = {name: n for n, name in reversed(list(enumerate(cells)))}
        if all(name in names for name in _NEEDED):
            return names, shortcode
        if cells and cells[0].rstrip(":") == "short code" and len(cells) > 1:
            shortcode = re.sub("[^0-9]", "", cells[1])[:20]
        if number == HEAD_LINES:
            break
    raise Rejection("malformed", f"no line names the columns {', '.join(_NEEDED)}", status=400)


def _entry(cells: Mapping[str, str], currency: str, number: int) -> StatementEntry:
    place, pointer = f"line {number}", f"/lines/{number}"

    def amount(name: str) -> Decimal:
        return amount_of(cells[name], place, mark=".", pointer=pointer) if cells[name] else Decimal(0)

    party = _PARTY.match(cells.get("other party info", ""))
    given = clean.given(cells.get("a/c no.", ""), 35)
    return StatementEntry(
        booked_on=_day(cells["completion time"], place, pointer),
        # Some exports write what went out below zero, some above, and mean the same.
        amount=EXACT.subtract(amount("paid in"), abs(amount("withdrawn"))),
        currency=currency,
        reference=clean.given(cells["receipt no."]),
        name=clean.line(party.group(1) if party else "", 140),
        text=clean.line(f"{cells.get('details', '')} {given}"),
        end_to_end_id=given.upper(),
    )


def _day(text: str, place: str, pointer: str) -> date:
    for written in _DAYS:
        try:
            return checked_day(datetime.strptime(text.split(" ")[0], written).replace(tzinfo=UTC).date())
        except ValueError:
            continue
    raise Rejection("invalid", f"{place}: {text[:40]!r} is no day", pointer=pointer)


EXAMPLES: Final = (
    Example(
        content=(
            b"Organization:,Northwind\nShort Code:,174379\n\n"
            b"Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,"
            b"Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.\n"
            b'SJ9AB1C2D3,09-10-2026 12:30:11,09-10-2026 12:30:02,Pay Bill,Completed,"1,036.00",,2036.00,true,'
            b"Pay Bill Online,254712345678 - ANN EXAMPLE,,mzq22owtptz2\n"
            b"SJ9AB1C2D4,09-10-2026 12:31:11,09-10-2026 12:31:02,Pay Bill,Failed,36.00,,2036.00,true,,,,\n"
            b"SJ9AB1C2D5,2026-10-09 13:00:00,2026-10-09 13:00:00,Business charge,Completed,,-5.00,2031.00,true,,,,\n"
        ),
        found=(
            Header(bank_account="174379", currency="KES"),
            StatementEntry(
                booked_on=date(2026, 10, 9),
                amount=Decimal("1036.00"),
                currency="KES",
                reference="SJ9AB1C2D3",
                name="ANN EXAMPLE",
                text="Pay Bill mzq22owtptz2",
                end_to_end_id="MZQ22OWTPTZ2",
            ),
            StatementEntry(
                booked_on=date(2026, 10, 9),
                amount=Decimal("-5.00"),
                currency="KES",
                reference="SJ9AB1C2D5",
                text="Business charge",
            ),
        ),
    ),
)
FORMAT: Final = StatementFormat(name="mpesa", detects=detects, read=read, examples=EXAMPLES)
