"""Postings as a DATEV file: format EXTF 700, Buchungsstapel version 13, a row for each posting. Pure.

"EXTF";700;21;"Buchungsstapel";13;20261202080000000;;"RE";"";"";29098;55003;20260101;4;20261101;20261130;…
Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;…
39,90;"S";"EUR";;;"";1410;0990;;0111;"INV-000042";"";;"Rechnung INV-000042 acc-1";…

The account that is debited stands in Konto with "S", the one that is credited in Gegenkonto. Texts are in Windows-1252
and in quotation marks, amounts have a comma, lines end with CR LF. A file is of one month and one currency, since its
days have no year and its header names one currency; it has at most `ROWS_MAX` rows. Source: developer.datev.de, "DATEV-
Format", header and Buchungsstapel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from services.payments.bookkeeping.messages import DatevTerms
from services.reporting.journal.chart import Chart
from services.reporting.journal.exported import last_day
from shared.kernel.currency import minor_units

ROWS_MAX: Final = 99_999
ENCODING: Final = "cp1252"
NO_AUTOMATIC: Final = "0040"
"""The key by which a number does not compute tax by itself (Aufhebung der Automatik): tax is booked apart."""
AMOUNT_BELOW: Final = Decimal(10) ** 10
_NOT_OF_A_NUMBER: Final = re.compile(r"[^A-Za-z0-9$&%*+\-/]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

WORDS: Final[Mapping[str, str]] = {
    "invoice": "Rechnung",
    "debit_note": "Belastung",
    "credit_note": "Gutschrift",
    "void": "Storno",
    "accrual": "Abgrenzung",
    "accrual_reversed": "Abgrenzung Storno",
    "release": "Auflösung PRA",
    "payment": "Zahlung",
    "refund": "Erstattung",
    "chargeback": "Rückbelastung",
    "chargeback_reversed": "Rückbelastung Storno",
    "payment_reversed": "Zahlung Storno",
    "credit": "Guthaben",
    "credit_taken_back": "Guthaben Storno",
    "credit_expired": "Guthaben verfallen",
    "adjustment": "Korrektur",
    "write_off": "Ausbuchung",
    "recovery": "Ausbuchung Storno",
    "allocation": "Verrechnung",
    "deposit_received": "Kaution",
    "deposit_returned": "Kaution zurück",
}
_PAIRS: Final = (
    ("Beleginfo - Art", "Beleginfo - Inhalt", 8),
    ("Zusatzinformation - Art", "Zusatzinformation- Inhalt", 20),
)
COLUMNS: Final = (
    *(
        "Umsatz (ohne Soll/Haben-Kz)",
        "Soll/Haben-Kennzeichen",
        "WKZ Umsatz",
        "Kurs",
        "Basis-Umsatz",
        "WKZ Basis-Umsatz",
    ),
    *("Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto"),
    *("Buchungstext", "Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre"),
    "Beleglink",
    *(f"{name} {n}" for n in range(1, 9) for name in _PAIRS[0][:2]),
    *("KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)"),
    *("EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L"),
    *("BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung"),
    *(f"{name} {n}" for n in range(1, 21) for name in _PAIRS[1][:2]),
    *("Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp"),
    *("Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)"),
    *("Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz"),
    *("Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername"),
    *(
        "Beteiligtennummer",
        "Identifikationsnummer",
        "Zeichnernummer",
        "Postensperre bis",
        "Bezeichnung SoBil-Sachverhalt",
    ),
    *("Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit"),
    *("Generalumkehr (GU)", "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position", "EU-Land u. UStID (Ursprung)"),
    *("EU-Steuersatz (Ursprung)", "Abw. Skontokonto"),
)
_TEXTS: Final = {
    *("WKZ Basis-Umsatz", "BU-Schlüssel", "Belegfeld 1", "Belegfeld 2", "Buchungstext", "Diverse Adressnummer"),
    *("Beleglink", "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "EU-Land u. UStID (Bestimmung)"),
    *("Abw. Versteuerungsart", "Auftragsnummer", "Buchungstyp", "EU-Land (Anzahlungen)", "Herkunft-Kz"),
    *("SEPA-Mandatsreferenz", "Gesellschaftername", "Identifikationsnummer", "Zeichnernummer", "Buchungs GUID"),
    *("Bezeichnung SoBil-Sachverhalt", "Generalumkehr (GU)", "Land", "Abrechnungsreferenz"),
    *("EU-Land u. UStID (Ursprung)",),
    *(f"{name} {n}" for one, other, upto in _PAIRS for n in range(1, upto + 1) for name in (one, other)),
}


class File(NamedTuple):
    """What a file's header says: of the month that begins on `month`, in one currency. `final`: it is closed."""

    datev: DatevTerms
    chart_name: str
    month: date
    currency: str
    exported_at: datetime
    final: bool


def can_hold(currency: str) -> bool:
    """Whether an amount of the currency fits the format, which has two decimals."""
    return minor_units(currency) <= 2


def head(file: File) -> str:
    """The two lines before the postings."""
    last, datev = last_day(file.month), file.datev
    year = file.month.year if file.month.month >= datev.year_begins_in else file.month.year - 1
    skr = next((number for number in ("03", "04") if file.chart_name.replace(" ", "") == f"SKR{number}"), "")
    created = f"{file.exported_at:%Y%m%d%H%M%S}{file.exported_at.microsecond // 1000:03d}"
    fields = [
        *('"EXTF"', "700", "21", '"Buchungsstapel"', "13", created, "", '"RE"', '""', '""'),
        *(str(datev.consultant), str(datev.client), f"{year}{datev.year_begins_in:02d}01", str(datev.account_length)),
        *(f"{file.month:%Y%m%d}", f"{last:%Y%m%d}", _text(f"Meterlog {file.month:%Y-%m}", 30), '""', "1", "0"),
        *("1" if file.final else "0", _text(file.currency, 3), "", '""', "", "", _text(skr, 2), "", "", '""', '""'),
    ]
    return f"{';'.join(fields)}\r\n{';'.join(COLUMNS)}\r\n"


def row(posting: Mapping[str, Any], chart: Chart, *, posted_on: date, final: bool) -> str:
    """A posting's line. Raises `ValueError` for an amount of more than ten digits before the comma."""
    if posting["amount"] >= AMOUNT_BELOW:
        raise ValueError(f"{posting['amount']} has more than ten digits before the comma")
    debit, credit = (chart.number(posting[side], posting) for side in ("debit", "credit"))
    number = posting["number"] or posting["document_id"]
    values = {
        "Umsatz (ohne Soll/Haben-Kz)": f"{posting['amount']:.2f}".replace(".", ","),
        "Soll/Haben-Kennzeichen": '"S"',
        "WKZ Umsatz": _text(posting["currency"], 3),
        "Konto": debit.number,
        "Gegenkonto (ohne BU-Schlüssel)": credit.number,
        "BU-Schlüssel": _text(NO_AUTOMATIC if debit.automatic or credit.automatic else "", 4),
        "Belegdatum": f"{posted_on:%d%m}",
        "Belegfeld 1": _text(_NOT_OF_A_NUMBER.sub("", number), 36),
        "Buchungstext": _text(f"{WORDS[posting['kind']]} {number} {posting['account_id']}", 60),
        "Beleginfo - Art 1": _text("Buchung", 20),
        "Beleginfo - Inhalt 1": _text(f"{posting['entry_id']}-{posting['n']}", 210),
        "Beleginfo - Art 2": _text("Kunde", 20),
        "Beleginfo - Inhalt 2": _text(posting["account_id"], 210),
        "Beleginfo - Art 3": _text("Tag", 20),
        "Beleginfo - Inhalt 3": _text(f"{posting['booked_on']:%d.%m.%Y}", 210),
        "Festschreibung": "1" if final else "0",
    }
    cells = _EMPTY.copy()
    for name, value in values.items():
        cells[_PLACES[name]] = value
    return ";".join(cells) + "\r\n"


_PLACES: Final = {name: place for place, name in enumerate(COLUMNS)}
_EMPTY: Final = ['""' if name in _TEXTS else "" for name in COLUMNS]


def _text(text: str, limit: int) -> str:
    """In quotation marks, doubled inside, without control characters, cut; a sign that Windows-1252 lacks is its base
    letter, or a question mark."""
    plain = text if text.isascii() and text.isprintable() else "".join(map(_sign, _CONTROL.sub(" ", text)))
    return '"' + plain[:limit].replace('"', '""') + '"'


def _sign(sign: str) -> str:
    for candidate in (sign, unicodedata.normalize("NFKD", sign)[:1]):
        try:
            candidate.encode(ENCODING)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"
