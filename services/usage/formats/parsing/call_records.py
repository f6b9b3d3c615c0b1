"""What the call records of telephone exchanges have in common: CSV whose columns are fixed, or named in a first row.

    calls = CallRecords(columns=(("src", "dst", "start", "answer", "end", "billsec", "disposition", "uniqueid"),),
                        caller="src", called="dst", start="start", answer="answer", end="end", seconds="billsec",
                        id="uniqueid", kept=("disposition",))
    calls.parse(body, headers)

A call is seconds of `voice.seconds` of the caller's `tel:`, with `destination` for its price, from when it was answered
(R21: the band at that moment begins it); one that nobody answered has 0 seconds, and costs nothing (R22). When it was
dialled is kept as `dialled_at`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from services.usage.formats.contract import SOURCE, Headers, Parsed, ReportedRecord, Undecodable, malformed
from services.usage.formats.parsing.collected import whole
from services.usage.formats.parsing.csv_rows import Row, instant_in, rows_of
from services.usage.formats.parsing.media_type import zone_of

# What stands where a call was not answered.
_NEVER: Final = ("", "0000-00-00 00:00:00", "1970-01-01 00:00:00")


@dataclass(frozen=True, kw_only=True)
class CallRecords:
    """`columns` are the sets of them that an exchange writes without a first row, told apart by their number."""

    columns: Sequence[Sequence[str]]
    caller: str
    called: str
    start: str
    answer: str
    end: str
    seconds: str
    id: str
    kept: Sequence[str] = ()

    def parse(self, body: bytes, headers: Headers) -> list[Parsed]:
        rows = rows_of(body)
        if not rows:
            return [Undecodable(body, "empty")]
        zone, source = zone_of(headers), headers.get(SOURCE)
        if zone is None or source is None:
            why = "usage-time-zone is a name such as Europe/Paris" if zone is None else "usage-source is missing"
            return [Undecodable(body, why)]
        names = self._named(rows[0])
        calls = rows if names is None else rows[1:]
        return [self._call(row, names, source, zone) for row in calls] or [Undecodable(body, "no call")]

    def split(self, body: bytes, headers: Headers) -> list[bytes]:
        rows = rows_of(body)
        if not rows or zone_of(headers) is None or SOURCE not in headers:
            return [body]
        return [row.data for row in (rows if self._named(rows[0]) is None else rows[1:])] or [body]

    def _named(self, row: Row) -> list[str] | None:
        """The names of the first row, where it is a header."""
        needed = {self.caller, self.called, self.start, self.seconds}
        return row.cells if row.cells is not None and needed <= set(row.cells) else None

    def _call(self, row: Row, names: list[str] | None, source: str, zone: ZoneInfo) -> Parsed:
        if row.cells is None:
            return Undecodable(row.data, "not a row of UTF-8 CSV on one line")
        content = msgspec.Raw(msgspec.json.encode(row.data.decode()))
        known = (names,) if names is not None else self.columns
        columns = next((each for each in known if len(each) == len(row.cells)), None)
        if columns is None:
            expected = " or ".join(str(len(each)) for each in known)
            return malformed(f"a call has {expected} columns, not {len(row.cells)}", "", content)
        return self._record(dict(zip(columns, row.cells, strict=True)), source, zone, content)

    def _record(self, call: Mapping[str, str], source: str, zone: ZoneInfo, content: msgspec.Raw) -> Parsed:
        start, answer, end = (self._instant(call, name, zone) for name in (self.start, self.answer, self.end))
        seconds = whole(call[self.seconds])
        if seconds is None:
            return malformed(f"{self.seconds} is a whole number of seconds", f"/{self.seconds}", content)
        if start is None:
            return malformed(f"{self.start} is an instant such as 2026-11-23 02:00:00", f"/{self.start}", content)
        if not call[self.caller]:
            return malformed(f"{self.caller} is missing: whose call it is", f"/{self.caller}", content)
        attributes = {"destination": call[self.called].removeprefix("+"), "dialled_at": start}
        attributes |= {name: call[name] for name in self.kept if call.get(name)}
        return ReportedRecord(
            source=source,
            resource=f"tel:{call[self.caller].removeprefix('+')}",
            meter="voice.seconds",
            quantity=str(seconds),
            id=call.get(self.id) or None,
            started_at=answer or start,
            ended_at=end,
            attributes={name: text for name, text in attributes.items() if text},
        )

    def _instant(self, call: Mapping[str, str], name: str, zone: ZoneInfo) -> str | None:
        text = call.get(name, "")
        return None if text in _NEVER else instant_in(text, zone)
