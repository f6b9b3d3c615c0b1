"""NDJSON: each row as the API's answer has it, one a line, with the columns that were asked for.

    {"number":"INV-000042","total":{"amount":"12.40","currency":"EUR"},"period":{"start":"2026-09-01","end":"2026-10-01"}}

A column of a thing with fields, such as `period_start`, brings the whole thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from services.reporting.export.formats.contract import Contents, Format, Item


class NdjsonWriter:
    def __init__(self, contents: Contents) -> None:
        self._names = {column.name for column in contents.columns}

    def rows(self, items: Sequence[Item]) -> bytes:
        return b"".join(msgspec.json.encode(self._asked(item)) + b"\n" for item in items)

    def end(self) -> bytes:
        return b""

    def _asked(self, item: Item) -> dict[str, object]:
        return {name: value for name, value in item.items() if self._has(name, value)}

    def _has(self, name: str, value: object) -> bool:
        if name in self._names:
            return True
        return isinstance(value, dict) and any(f"{name}_{below}" in self._names for below in value)


FORMAT: Final = Format(
    name="ndjson", media_type="application/x-ndjson", writer=NdjsonWriter, rows_max=500_000, columns_max=200
)
