"""Styles of a workbook: how numbers look. A format for each currency is made when its first amount is written.

styles = Styles()
styles.money("EUR")      # the number by which a cell names the format  #,##0.00 [$EUR]
styles.xml()             # written last
"""

from __future__ import annotations

from typing import Final

from shared.kernel.currency import UnknownCurrency, minor_units

_FIRST_OF_OURS: Final = 164
"""Numbers of formats below are Excel's own."""
_PLAIN, _BOLD, _HEADER = 0, 1, 2
_DATE_FORMAT: Final = "yyyy\\-mm\\-dd"


class Styles:
    def __init__(self) -> None:
        self._formats: list[str] = []
        self._looks: list[str] = []
        self._money: dict[str, int] = {}
        self._totals: dict[str, int] = {}
        self._add("", _PLAIN)
        self.header: Final = self._add("", _HEADER)
        self.bold: Final = self._add("", _BOLD)
        self.date: Final = self._add(_DATE_FORMAT, _PLAIN)
        self.instant: Final = self._add(f"{_DATE_FORMAT}\\ hh:mm:ss", _PLAIN)
        self.integer: Final = self._add("#,##0", _PLAIN)
        self.number: Final = self._add("#,##0.######", _PLAIN)
        self.wrapped: Final = self._add("", _PLAIN, wrapped=True)

    def money(self, currency: str) -> int:
        known = self._money.get(currency)
        if known is None:
            known = self._money[currency] = self._add(_format_of(currency), _PLAIN)
        return known

    def total(self, currency: str) -> int:
        if currency not in self._totals:
            self._totals[currency] = self._add(_format_of(currency), _BOLD)
        return self._totals[currency]

    def xml(self) -> str:
        formats = "".join(
            f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(self._formats, _FIRST_OF_OURS)
        )
        font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<numFmts count="{len(self._formats)}">{formats}</numFmts>'
            f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
            '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF8"/><bgColor indexed="64"/>'
            "</patternFill></fill></fills>"
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._looks)}">{"".join(self._looks)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )

    def _add(self, code: str, look: int, *, wrapped: bool = False) -> int:
        number = 0
        if code:
            if code not in self._formats:
                self._formats.append(code)
            number = _FIRST_OF_OURS + self._formats.index(code)
        font, fill = int(look != _PLAIN), 2 if look == _HEADER else 0
        said = f'numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"'
        applied = ' applyNumberFormat="1" applyFont="1" applyFill="1"'
        inner = '<alignment vertical="top" wrapText="1"/>' if wrapped else ""
        aligned = ' applyAlignment="1"' if wrapped else ""
        self._looks.append(f"<xf {said}{applied}{aligned}>{inner}</xf>" if inner else f"<xf {said}{applied}/>")
        return len(self._looks) - 1


def _format_of(currency: str) -> str:
    """An amount with the decimals of its currency, and the code behind it.

    >>> _format_of("EUR"), _format_of("JPY"), _format_of("")
    ('#,##0.00\\\\ [$EUR]', '#,##0\\\\ [$JPY]', '#,##0.00####')
    """
    try:
        decimals = minor_units(currency)
    except UnknownCurrency:
        return "#,##0.00####"
    return f"#,##0{'.' + '0' * decimals if decimals else ''}\\ [${currency}]"
