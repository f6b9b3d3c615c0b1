"""PDF, set by typst: PDF/A-3a and PDF/UA-1, with page x of y, totals of each currency, and a chart of what is a series.

It is for people, so it has as many rows and columns as people read; more is Excel's. A character that no font has is a
box, which an archive may not hold: the file is an ordinary PDF then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from services.reporting.export.formats.contract import Contents, Format, Item
from services.reporting.export.paper.writing import written
from shared.typesetting import NO_LETTER, STANDARDS, fonts, quoted

ROWS_MAX: Final = 2_000
COLUMNS_MAX: Final = 12
_TEMPLATE: Final = Path(__file__).parents[1] / "paper" / "report.typ"


class PdfWriter:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._items: list[Item] = []

    def rows(self, items: Sequence[Item]) -> bytes:
        self._items += items
        return b""

    def end(self) -> bytes:
        said = written(self._contents, self._items)
        try:
            return _set(said, self._contents.made_at, STANDARDS)
        except typst.TypstError as error:
            if NO_LETTER not in str(error):
                raise
            return _set(said, self._contents.made_at, ())


def _set(said: Mapping[str, Any], at: datetime, standards: tuple[Any, ...]) -> bytes:
    text = quoted(msgspec.json.encode(said).decode())
    main = f'#import "{_TEMPLATE.name}": paper\n#paper(json(bytes({text})))'.encode()
    files: Any = {"main.typ": main, _TEMPLATE.name: _TEMPLATE.read_bytes()}
    timestamp = int(at.astimezone(UTC).timestamp())
    document: bytes = typst.compile(
        files, format="pdf", pdf_standards=[*standards], timestamp=timestamp, font_paths=fonts()
    )
    return document


FORMAT: Final = Format(
    name="pdf", media_type="application/pdf", writer=PdfWriter, rows_max=ROWS_MAX, columns_max=COLUMNS_MAX
)
