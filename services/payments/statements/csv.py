"""CSV as banks export it, by columns that its user names.

    Buchungstag;Verwendungszweck;Name;IBAN;Betrag
    09.10.2026;INV-000042;Ann Example;NL91ABNA0417164300;36,04

Lines before the one that names the columns are a bank's letterhead and passed by. Cells are separated by whatever of
semicolon, comma and tab stands most often in that line. A line whose day or amount can't be read refuses the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Final

from services.payments.statements.contract import Example, Found, Reading, StatementEntry, StatementFormat
from services.payments.statements.contract import StatementHeader as Header
from services.payments.statements.parsing import clean
from services.payments.statements.parsing.amounts import amount_of, checked_day
from services.payments.statements.parsing.csv_columns import DATE_FORMATS, CsvColumns
from services.payments.statements.parsing.headings import HEAD_LINES, cells_of, delimiter_of
from services.payments.statements.parsing.text_lines import text_lines
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection


def detects(head: bytes) -> bool:
    """Nothing else says of itself that it is CSV: whoever sends it names its columns."""
    return False


def read(file: IO[bytes], reading: Reading) -> Iterator[Found]:
    if reading.columns is None or not reading.bank_account or not reading.currency:
        detail = "of a CSV file its user says bank_account, currency and what the columns are"
        raise Rejection("required", detail, pointer="/columns")
    yield Header(bank_account=reading.bank_account, currency=reading.currency)
    lines = enumerate(text_lines(file), 1)
    names, delimiter = _heading(lines, reading.columns)
    table = _Table(reading, names)
    for number, line in lines:
        if line.strip():
            cells = cells_of(line, delimiter)
            if any(cells):
                yield table.entry(number, cells)


def _heading(lines: Iterator[tuple[int, str]], columns: CsvColumns) -> tuple[list[str], str]:
    wanted = {name.casefold() for name in columns.named}
    best: set[str] = wanted
    for number, line in lines:
        delimiter = delimiter_of(line)
        names = [cell.casefold() for cell in cells_of(line, delimiter)]
        missing = wanted.difference(names)
        if not missing:
            return names, delimiter
        best = min(best, missing, key=len)
        if number == HEAD_LINES:
            break
    named = ", ".join(sorted(best))
    raise Rejection("required", f"no line names the columns {named}", pointer="/columns")


class _Table:
    def __init__(self, reading: Reading, names: Sequence[str]) -> None:
        assert reading.columns is not None
        self._reading = reading
        self._columns = reading.columns
        self._written = DATE_FORMATS[reading.columns.date_format]
        self._places = {name: n for n, name in reversed(list(enumerate(names)))}

    def entry(self, number: int, cells: Sequence[str]) -> StatementEntry:
        columns, pointer = self._columns, f"/lines/{number}"

        def cell(name: str | None) -> str:
            place = -1 if name is None else self._places[name.casefold()]
            return clean.line(cells[place]) if 0 <= place < len(cells) else ""

        value = cell(columns.value_on)
        return StatementEntry(
            booked_on=self._day(cell(columns.booked_on), number),
            value_on=self._day(value, number) if value else None,
            amount=self._amount(cell(columns.amount), cell(columns.credit), cell(columns.debit), number),
            currency=_currency(cell(columns.currency) or self._reading.currency, pointer),
            reference=clean.given(cell(columns.reference)),
            name=cell(columns.name)[:140],
            iban=clean.iban(cell(columns.iban)),
            text=clean.line(" ".join(cell(name) for name in columns.text)),
        )

    def _day(self, text: str, number: int) -> date:
        try:
            return checked_day(datetime.strptime(text, self._written).replace(tzinfo=UTC).date())
        except ValueError:
            detail = f"line {number}: {text[:40]!r} is no day as {self._columns.date_format}"
            raise Rejection("invalid", detail, pointer=f"/lines/{number}") from None

    def _amount(self, amount: str, credit: str, debit: str, number: int) -> Decimal:
        mark, place, pointer = self._columns.decimal_mark, f"line {number}", f"/lines/{number}"
        if self._columns.amount is not None:
            return amount_of(amount, place, mark=mark, pointer=pointer)
        came = amount_of(credit, place, mark=mark, pointer=pointer) if credit else Decimal(0)
        went = amount_of(debit, place, mark=mark, pointer=pointer) if debit else Decimal(0)
        # Some write what went out below zero, some above, and mean the same.
        return EXACT.subtract(came, abs(went))


def _currency(text: str, pointer: str) -> str:
    found = text.upper()
    if len(found) != 3 or not found.isascii() or not found.isalpha():
        raise Rejection("invalid", f"{text[:20]!r} is no currency", pointer=pointer)
    return found


_ACCOUNT: Final = "DE89370400440532013000"
_COLUMNS: Final = CsvColumns(
    booked_on="Buchungstag",
    amount="Betrag",
    text=["Verwendungszweck"],
    name="Name",
    iban="IBAN",
    date_format="DD.MM.YYYY",
    decimal_mark=",",
)
EXAMPLES: Final = (
    Example(
        content=(
            "Umsätze;;;;\n\nBuchungstag;Verwendungszweck;Name;IBAN;Betrag\n"
            '09.10.2026;"INV-000042; danke";Ann Example;NL91 ABNA 0417 1643 00;1.036,04\n'
        ).encode("cp1252"),
        reading=Reading(bank_account=_ACCOUNT, currency="EUR", columns=_COLUMNS),
        found=(
            Header(bank_account=_ACCOUNT, currency="EUR"),
            StatementEntry(
                booked_on=date(2026, 10, 9),
                amount=Decimal("1036.04"),
                currency="EUR",
                name="Ann Example",
                iban="NL91ABNA0417164300",
                text="INV-000042; danke",
            ),
        ),
    ),
)
FORMAT: Final = StatementFormat(name="csv", detects=detects, read=read, examples=EXAMPLES)
