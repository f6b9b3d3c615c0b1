"""SWIFT MT940: tags at the beginning of lines, with the details of German, Dutch and plain banks.

    :25:DE89370400440532013000
    :60F:C261008EUR100,00
    :61:2610091009C36,04NTRFNONREF//BANK-77
    :86:166?00GUTSCHRIFT?20EREF+E2E-1?21SVWZ+INV-0000?2242?31NL91ABNA0417164300?32Ann Example
    :62F:C261009EUR136,04

A file holds one such message after the other, in or without the envelope of blocks ({4:). The library mt-940
holds a whole file in memory; here it is read a movement at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import IO, Final

from services.payments.statements.contract import Example, Found, Reading, StatementEntry, StatementFormat
from services.payments.statements.contract import StatementHeader as Header
from services.payments.statements.parsing import clean
from services.payments.statements.parsing.amounts import amount_of, checked_day
from services.payments.statements.parsing.text_lines import text_lines
from shared.kernel.errors import Rejection

_TAG: Final = re.compile(r":(\d\d[A-Z]?):(.*)", re.DOTALL)
_MOVEMENT: Final = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<way>R?[CD])[A-Z]?(?P<amount>[\d,]{1,15})(?P<kind>[A-Z][A-Z0-9]{3})"
    r"(?P<own>[^\n]*?)(?://(?P<bank>[^\n]*))?(?:\n(?P<more>.*))?$",
    re.DOTALL,
)
_BALANCE: Final = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]{1,15})")
_PARTS: Final = re.compile(r"\?(\d\d)")
_CODES: Final = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|RREF)\+")
_WORDS: Final = re.compile(r"/(EREF|MARF|NAME|IBAN|BIC|REMI|RTRN|CSID|TRTP|ORDP|BENM|ADDR|ID|USTD|STRD|CNTP|PREF)/")
_LINES_MAX: Final = 200
_DETAILS_MAX: Final = 8_000


def detects(head: bytes) -> bool:
    return b":61:" in head or (b":20:" in head and b":25:" in head)


def read(file: IO[bytes], reading: Reading) -> Iterator[Found]:
    taken = _Taken(reading)
    for tag, value in _tags(text_lines(file)):
        yield from taken.take(tag, value)
    yield from taken.finished()
    if not taken.account and not taken.n:
        raise Rejection("malformed", "this is no MT940: it has no field :25:", status=400)


class _Taken:
    """What has been read so far; a movement waits for its details."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.account = reading.bank_account
        self._reference = ""
        self._currency = reading.currency
        self._movement: re.Match[str] | None = None
        self.n = 0

    def take(self, tag: str, value: str) -> Iterator[Found]:
        if tag == "86":
            yield from self._ended(value)
            return
        yield from self._ended("")
        match tag:
            case "25" | "25P":
                self.account = _account(value) or self._reading.bank_account
            case "28" | "28C":
                self._reference = clean.line(value, 64)
            case "60F" | "62F":
                yield self._balance(tag, value)
            case "61":
                self.n += 1
                self._movement = _MOVEMENT.match(value)
                if self._movement is None:
                    raise self._wrong(f"is no movement: {value[:60]!r}")

    def finished(self) -> Iterator[Found]:
        yield from self._ended("")

    def _balance(self, tag: str, value: str) -> Header:
        found = _BALANCE.match(value)
        if found is None:
            raise Rejection("malformed", f":{tag}: is no balance: {value[:60]!r}", status=400)
        self._currency = found[3]
        amount = _amount(found[4], f":{tag}:")
        side = "opening" if tag == "60F" else "closing"
        signed = amount if found[1] == "C" else -amount
        return Header(bank_account=self.account, reference=self._reference, currency=self._currency, **{side: signed})

    def _ended(self, details: str) -> Iterator[StatementEntry]:
        found, self._movement = self._movement, None
        if found is None:
            return
        amount = _amount(found["amount"], f"entry {self.n}")
        told = _details(details)
        try:
            value_on = _day(found["value"])
            booked_on = _near(value_on, found["booked"]) if found["booked"] else value_on
        except ValueError:
            raise self._wrong("has a day that there is not") from None
        yield StatementEntry(
            booked_on=booked_on,
            value_on=value_on,
            amount=amount if found["way"] in ("C", "RD") else -amount,
            currency=self._currency,
            reference=clean.given(found["bank"] or ""),
            name=clean.line(told.get("name", ""), 140),
            iban=clean.iban(told.get("iban", "")),
            text=clean.line(told.get("text", "") or found["more"] or ""),
            end_to_end_id=clean.given(told.get("end_to_end", "") or found["own"], 35),
            mandate_id=clean.given(told.get("mandate", ""), 35),
            return_code=clean.given(told.get("return", ""), 35),
        )

    def _wrong(self, what: str) -> Rejection:
        return Rejection("malformed", f"entry {self.n} {what}", pointer=f"/entries/{self.n - 1}")


def _tags(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each field with its value, lines that follow it included."""
    tag, held = "", list[str]()
    for raw in lines:
        line = raw.rstrip("\r\n")
        if line.startswith("{"):
            line = line.rpartition("{4:")[2]
        found = _TAG.fullmatch(line)
        if found is None and not line.startswith("-}") and line != "-":
            if tag and len(held) < _LINES_MAX:
                held.append(line)
            continue
        if tag:
            yield tag, "\n".join(held)
        tag, held = (found[1], [found[2]]) if found else ("", [])
    if tag:
        yield tag, "\n".join(held)


def _details(value: str) -> Mapping[str, str]:
    value = value[:_DETAILS_MAX]
    if _PARTS.search(value):
        return _numbered(value.replace("\n", ""))
    joined = value.replace("\n", "")
    if _WORDS.search(joined):
        return _named(joined)
    return {"text": value}


def _numbered(value: str) -> Mapping[str, str]:
    """?20 to ?29 and ?60 to ?63 are one text, cut anywhere; ?31 the account, ?32 and ?33 the name."""
    pieces = _PARTS.split(value)[1:]
    fields = list(zip(pieces[::2], pieces[1::2], strict=True))
    text = "".join(part for number, part in fields if "20" <= number <= "29" or "60" <= number <= "63")
    codes = _CODES.split(text)
    said = dict(zip(codes[1::2], codes[2::2], strict=True))
    return {
        "text": said.get("SVWZ", codes[0] if not said else ""),
        "iban": next((part for number, part in fields if number == "31"), "") or said.get("IBAN", ""),
        "name": "".join(part for number, part in fields if number in ("32", "33")),
        "end_to_end": said.get("EREF", ""),
        "mandate": said.get("MREF", ""),
        "return": _return_code(said, fields),
    }


def _return_code(said: Mapping[str, str], fields: Iterable[tuple[str, str]]) -> str:
    """A returned debit has its reason in the text key extension or as `RETURN REASON AC04` in the text."""
    found = re.search(r"\b(A[CMG]\d\d|MD\d\d|MS\d\d|SL\d\d|RC\d\d|FF\d\d|DNOR|CNOR)\b", said.get("SVWZ", "").upper())
    returned = any(number == "00" and re.search("R(Ü|UE)CK|RETURN|RETOUR", part.upper()) for number, part in fields)
    return found[1] if found and returned else ""


def _named(value: str) -> Mapping[str, str]:
    pieces = _WORDS.split(value)
    said: dict[str, str] = {}
    for word, part in zip(pieces[1::2], pieces[2::2], strict=True):
        said[word] = said.get(word, "") + part
    text = said.get("REMI", "") or pieces[0]
    return {
        "text": re.sub(r"^/?(USTD|STRD)?/+|/+$", "", said.get("USTD", "") or text),
        "iban": said.get("IBAN", "") or said.get("CNTP", "").partition("/")[0],
        "name": said.get("NAME", "").strip("/"),
        "end_to_end": said.get("EREF", "").strip("/"),
        "mandate": said.get("MARF", "").strip("/"),
        "return": said.get("RTRN", "").strip("/"),
    }


def _account(value: str) -> str:
    """An IBAN without its currency, or bank code and number as they stand there."""
    text = clean.line(value, 64).replace(" ", "")
    for candidate in (text, text[:-3]):
        if found := clean.iban(candidate):
            return found
    return text


def _amount(text: str, place: str) -> Decimal:
    return amount_of(text, place, mark=",")


def _day(text: str) -> date:
    return checked_day(date(2000 + int(text[:2]), int(text[2:4]), int(text[4:])))


def _near(value_on: date, text: str) -> date:
    """The booking's month and day in the year that puts it nearest to the value date."""
    days = [
        day
        for year in (value_on.year - 1, value_on.year, value_on.year + 1)
        if (day := _day_or_none(year, text)) is not None
    ]
    if not days:
        raise ValueError(text)
    return min(days, key=lambda day: abs((day - value_on).days))


def _day_or_none(year: int, text: str) -> date | None:
    try:
        return date(year, int(text[:2]), int(text[2:]))
    except ValueError:
        return None


_ACCOUNT: Final = "DE89370400440532013000"
_FILE: Final = b""":20:STARTUMS
:25:DE89370400440532013000EUR
:28C:00007/001
:60F:C261008EUR100,00
:61:2610101009C36,04NTRFNONREF//BANK-77
:86:166?00GUTSCHRIFT?20EREF+E2E-1?21SVWZ+Rechnung INV-0000?2242?30ABNANL2A
?31NL91ABNA0417164300?32Ann Exam?33ple
:61:2610091009RC12,00NRTINONREF//BANK-78
:86:/EREF/OUR-1//MARF/M-1//RTRN/MD06//NAME/Bob Builder//REMI/USTD//refused/
:62F:C261009EUR124,04
-
"""
EXAMPLES: Final = (
    Example(
        content=_FILE,
        found=(
            Header(bank_account=_ACCOUNT, reference="00007/001", currency="EUR", opening=Decimal("100.00")),
            StatementEntry(
                booked_on=date(2026, 10, 9),
                value_on=date(2026, 10, 10),
                amount=Decimal("36.04"),
                currency="EUR",
                reference="BANK-77",
                name="Ann Example",
                iban="NL91ABNA0417164300",
                text="Rechnung INV-000042",
                end_to_end_id="E2E-1",
            ),
            StatementEntry(
                booked_on=date(2026, 10, 9),
                value_on=date(2026, 10, 9),
                amount=Decimal("-12.00"),
                currency="EUR",
                reference="BANK-78",
                name="Bob Builder",
                text="refused",
                end_to_end_id="OUR-1",
                mandate_id="M-1",
                return_code="MD06",
            ),
            Header(bank_account=_ACCOUNT, reference="00007/001", currency="EUR", closing=Decimal("124.04")),
        ),
    ),
)
FORMAT: Final = StatementFormat(name="mt940", detects=detects, read=read, examples=EXAMPLES)
