"""Excel (Office Open XML), written as it goes out: numbers and dates are numbers and dates, text is text.

    sheet "Rows"      a header that stays in view, a row for each, then totals of each currency
    sheet "About"     the question, as of when, who asked, and what each column means

An amount has its currency's decimals and its code in the cell's format, so it can be summed and can't be misread. One
of more than 15 digits, which a spreadsheet would round, is text. Cells are inline: no table of shared strings has to be
held, and a row that is written is forgotten (docs/decisions/0119). Times are UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from services.reporting.export.cells import CURRENCY, flat
from services.reporting.export.formats.contract import Column, Contents, Format, Item, Kind
from services.reporting.export.sums import Sums
from services.reporting.export.workbook import values
from services.reporting.export.workbook.package import Package
from services.reporting.export.workbook.styles import Styles
from shared.kernel.money import format_amount

ROWS: Final = "Rows"
ABOUT: Final = "About"
_WIDTHS: Final[dict[Kind, int]] = {
    **{"text": 22, "money": 18, "number": 14, "integer": 12, "date": 12, "instant": 20, "yes_no": 10}
}
_TOTAL: Final = "Total"

Cell = Callable[[str, Any, str], str]


class XlsxWriter:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._columns = contents.columns
        self._names = tuple(column.name for column in contents.columns)
        self._styles = Styles()
        self._sums = Sums(contents.columns)
        self._letters = tuple(values.letters(n) for n in range(len(self._columns)))
        self._cells = tuple(self._cell(column) for column in self._columns)
        self._package = Package(contents.made_at)
        self._package.begin("xl/worksheets/sheet1.xml")
        self._package.write(self._head())
        self._at = 1

    def rows(self, items: Sequence[Item]) -> bytes:
        self._package.write("".join(map(self._row, items)))
        return self._package.taken()

    def end(self) -> bytes:
        last = self._at
        self._package.write(self._totals())
        self._package.write(f'</sheetData><autoFilter ref="A1:{self._letters[-1]}{last}"/>{_PAGE}</worksheet>')
        self._package.whole("xl/worksheets/sheet2.xml", self._about())
        self._package.close(self._contents.title, f"'{ROWS}'!$A$1:${self._letters[-1]}${last}", self._styles.xml())
        return self._package.taken()

    def _head(self) -> str:
        widths = (max(_WIDTHS[column.kind], min(len(column.name) + 4, 40)) for column in self._columns)
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
        )
        header = "".join(
            values.text(f"{letter}1", name, self._styles.header)
            for letter, name in zip(self._letters, self._names, strict=True)
        )
        return f'{_FROZEN}<cols>{columns}</cols><sheetData><row r="1">{header}</row>'

    def _row(self, item: Item) -> str:
        cells = flat(item, self._names)
        self._sums.add(cells)
        self._at = at = self._at + 1
        currency = cells.get(CURRENCY) or ""
        written = "".join(
            [
                cell(f"{letter}{at}", value, currency)
                for letter, name, cell in zip(self._letters, self._names, self._cells, strict=True)
                if (value := cells.get(name)) is not None
            ]
        )
        return f'<row r="{at}">{written}</row>'

    def _totals(self) -> str:
        """A row for each currency, below an empty one: filters of the table leave it alone."""
        rows = []
        for n, (currency, sums) in enumerate(self._sums.by_currency().items(), self._at + 2):
            rows.append(f'<row r="{n}">{"".join(self._total_cells(n, currency, sums))}</row>')
        return "".join(rows)

    def _total_cells(self, n: int, currency: str, sums: dict[str, Any]) -> list[str]:
        cells, has_label = [], False
        for letter, column in zip(self._letters, self._columns, strict=True):
            place = f"{letter}{n}"
            if column.name in sums:
                amount = format_amount(sums[column.name], currency)
                cells.append(values.number(place, amount, self._styles.total(currency)))
            elif column.name == CURRENCY:
                cells.append(values.text(place, currency, self._styles.bold))
            elif not has_label:
                cells.append(values.text(place, f"{_TOTAL} {currency}", self._styles.bold))
                has_label = True
        return cells

    def _cell(self, column: Column) -> Cell:
        """How a cell of the column is written; what is not of its kind is text."""
        styles = self._styles
        match column.kind:
            case "money":
                return lambda place, value, currency: values.number(place, value, styles.money(currency))
            case "number":
                return lambda place, value, currency: values.number(place, value, styles.number)
            case "integer":
                return lambda place, value, currency: values.number(place, value, styles.integer)
            case "date":
                return lambda place, value, currency: values.day(place, value, styles.date)
            case "instant":
                return lambda place, value, currency: values.instant(place, value, styles.instant)
            case "yes_no":
                return lambda place, value, currency: values.yes_no(place, value)
            case _:
                return lambda place, value, currency: values.text(place, value)

    def _about(self) -> str:
        bold, wrapped = self._styles.bold, self._styles.wrapped
        lines: list[tuple[str, ...]] = [(self._contents.title,), *self._contents.facts]
        if self._contents.definition:
            lines.append(("Definition", self._contents.definition))
        lines += [(), ("Column", "Definition", "Formula")]
        lines += [(column.name, column.definition, column.formula) for column in self._columns]
        rows = "".join(
            f'<row r="{n}">'
            + "".join(
                values.text(f"{values.letters(m)}{n}", words, wrapped if m else bold)
                for m, words in enumerate(line)
                if words
            )
            + "</row>"
            for n, line in enumerate(lines, 1)
        )
        widths = '<cols><col min="1" max="1" width="28" customWidth="1"/>'
        widths += '<col min="2" max="3" width="70" customWidth="1"/></cols>'
        return f"{_PLAIN}{widths}<sheetData>{rows}</sheetData>{_PAGE}</worksheet>"


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEET: Final = f'{_XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_LANDSCAPE: Final = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
_FROZEN: Final = (
    f'{_SHEET}{_LANDSCAPE}<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" '
    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>'
)
_PLAIN: Final = f'{_SHEET}{_LANDSCAPE}<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
_PAGE: Final = (
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>"
)

FORMAT: Final = Format(
    name="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    writer=XlsxWriter,
    rows_max=500_000,
    columns_max=200,
)
