"""Every format of bank statements reads its own examples; a new one is a new file. Files of strangers are refused."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest

from services.payments.statements import detected, statement_formats
from services.payments.statements.contract import Found, Reading, StatementEntry, StatementFormat, StatementHeader
from services.payments.statements.parsing.csv_columns import CsvColumns
from services.payments.statements.parsing.headings import headings
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection


def read(name: str, content: bytes, reading: Reading = Reading()) -> list[Found]:
    return list(statement_formats()[name].read(BytesIO(content), reading))


def entries(name: str, content: bytes, reading: Reading = Reading()) -> list[StatementEntry]:
    return [found for found in read(name, content, reading) if isinstance(found, StatementEntry)]


@pytest.mark.parametrize("form", statement_formats().values(), ids=lambda form: form.name)
def test_a_format_reads_its_examples(form: StatementFormat) -> None:
    assert form.examples
    for example in form.examples:
        assert tuple(form.read(BytesIO(example.content), example.reading)) == example.found


@pytest.mark.parametrize("form", statement_formats().values(), ids=lambda form: form.name)
def test_a_file_that_breaks_off_anywhere_is_read_as_far_as_it_goes_or_refused(form: StatementFormat) -> None:
    for example in form.examples:
        for end in range(0, len(example.content), 7):
            try:
                list(form.read(BytesIO(example.content[:end]), example.reading))
            except Rejection as refusal:
                assert refusal.code in ("malformed", "invalid", "required")


def test_a_format_is_told_by_how_a_file_begins() -> None:
    for name in ("camt", "mt940"):
        found = detected(statement_formats()[name].examples[0].content)
        assert found is not None and found.name == name
    assert detected(b"a;b;c\n") is None


def test_opening_and_entries_make_the_closing_balance_of_every_example_that_tells_both() -> None:
    for name in ("camt", "mt940"):
        found = statement_formats()[name].examples[0].found
        headers = [one for one in found if isinstance(one, StatementHeader)]
        with exact():
            moved = sum(one.amount for one in found if isinstance(one, StatementEntry))
            assert headers[0].opening is not None and headers[0].opening + moved == headers[-1].closing


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "b">]><Document xmlns=":camt.053"><Stmt/></Document>'
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>'
DEEP = b"<a>" * 100 + b"</a>" * 100


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, DEEP, b"", b"\x00\x01", b"<Document/>", b"<Stmt><Ntry></Stmt>"])
def test_xml_with_entities_with_a_hundred_levels_or_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Rejection) as refused:
        read("camt", content)
    assert (refused.value.code, refused.value.status) == ("malformed", 400)


@pytest.mark.parametrize(
    ("amount", "mark", "is_read"),
    [
        *[("1.036,04", ",", "1036.04"), ("36,04-", ",", "-36.04"), ("(36,04)", ",", "-36.04"), ("12", ",", "12")],
        *[("1,036.04", ".", "1036.04"), ("-36.04", ".", "-36.04"), ("1'036.04", ".", "1036.04")],
        *[("12.5", ",", None), ("12,5", ".", None), ("NaN", ".", None), ("1e5", ".", None), ("", ".", None)],
        *[("٣٦", ".", None), ("1,2,3", ".", None), ("9" * 40, ".", None)],
    ],
)
def test_an_amount_is_read_as_it_is_meant_or_its_line_is_refused(amount: str, mark: str, is_read: str | None) -> None:
    columns = CsvColumns.model_validate({"booked_on": "day", "amount": "amount", "decimal_mark": mark})
    reading = Reading(bank_account="acc", currency="EUR", columns=columns)
    content = f"day;amount\n2026-10-09;{amount}\n".encode()
    if is_read is not None:
        assert [str(one.amount).rstrip(".") for one in entries("csv", content, reading)] == [is_read]
        return
    with pytest.raises(Rejection) as refused:
        read("csv", content, reading)
    assert refused.value.pointer == "/lines/2"


def test_what_went_out_is_below_zero_however_a_bank_writes_it() -> None:
    columns = CsvColumns(booked_on="day", credit="in", debit="out")
    reading = Reading(bank_account="acc", currency="EUR", columns=columns)
    lines = b"day,in,out\n2026-10-09,,5.00\n2026-10-09,,-5.00\n2026-10-09,7.00,\n"
    assert [str(one.amount) for one in entries("csv", lines, reading)] == ["-5.00", "-5.00", "7.00"]


def test_a_movement_booked_in_january_for_december_is_of_the_right_year() -> None:
    content = b":25:X\n:60F:C261231EUR0,00\n:61:2612310102C1,00NTRFNONREF\n:61:2701021231D1,00NTRFNONREF\n"
    assert [one.booked_on.isoformat() for one in entries("mt940", content)] == ["2027-01-02", "2026-12-31"]


def test_columns_that_are_not_there_are_named() -> None:
    columns = CsvColumns(booked_on="day", amount="sum")
    with pytest.raises(Rejection, match="sum"):
        read("csv", b"day;amount\n", Reading(bank_account="acc", currency="EUR", columns=columns))


NO_TABLES = {
    "a picture": b"\x89PNG\r\n\x1a\n\x00\rIHDR\x00;,\t\xff\n",
    "carriage returns": b"Day;Text\n2026-10-09;a\rb\n",
    "an endless cell": b"Day;Text\n" + b"a" * 200_000 + b"\n;\n",
}


@pytest.mark.parametrize("content", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_is_read_without_one_or_refused(content: bytes) -> None:
    said = Reading(bank_account="b", currency="EUR", columns=CsvColumns(booked_on="day", amount="text"))
    with suppress(Rejection):
        headings(BytesIO(content))
    for form in statement_formats().values():
        with suppress(Rejection):
            list(form.read(BytesIO(content), said))
