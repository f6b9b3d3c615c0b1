"""Files for banks are valid by their schemas and the same each time; business days are those of TARGET."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from services.payments.sepa.business_days import after, holidays, is_business_day, next_business_day
from services.payments.sepa.characters import is_reference, plain
from services.payments.sepa.pain008 import VERSIONS, Creditor, Debit, DebitFile, Version, render

CREDITOR = Creditor(name="Northwind Télécom", iban="DE89370400440532013000", creditor_id="DE98ZZZ09999999999")


def debit(n: int, sequence: str = "RCUR", **said: object) -> Debit:
    fields = {
        **{"debit_id": f"dd-{n}", "sequence": sequence, "amount": Decimal("36.04"), "name": "Jörg <Müller> & Söhne"},
        **{"iban": "NL91ABNA0417164300", "bic": "", "mandate_id": f"M-{n}", "signed_on": date(2026, 1, 5)},
        **{"text": "INV-000042"},
    }
    return Debit(**{**fields, **said})  # type: ignore[arg-type]


def file(*debits: Debit) -> DebitFile:
    return DebitFile(
        run_id="run-1",
        creditor=CREDITOR,
        scheme="CORE",
        collection_date=date(2026, 10, 15),
        made_at=datetime(2026, 10, 9, 12, tzinfo=UTC),
        debits=debits,
    )


def schema(version: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(files("sepaxml") / "schemas" / f"pain.008.001.{version}.xsd"))


SCHEMAS = {version: schema(version) for version in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_is_valid_by_the_schema_of_its_version_and_the_same_each_time(version: Version) -> None:
    run = file(debit(1, "FRST"), debit(2, bic="ABNANL2A"), debit(3, "OOFF"), debit(4, "FNAL"))
    made = render(run, version)
    SCHEMAS[version].validate(made.decode())
    assert made == render(run, version)
    assert made.count(b"<PmtInf>") == 4 and b"<CtrlSum>144.16</CtrlSum>" in made
    assert b"Joerg (Mueller) + Soehne" in made and b"<PmtInfId>run-1-RCUR</PmtInfId>" in made


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_customer_is_called_the_file_is_valid(name: str, text: str) -> None:
    made = render(file(debit(1, name=name, text=text)))
    SCHEMAS["02"].validate(made.decode())


@given(st.text(max_size=80))
def test_characters_that_a_bank_does_not_take_are_spelt_in_those_it_does(text: str) -> None:
    found = plain(text)
    assert found and plain(found) == found and not found.startswith("/")
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")


@pytest.mark.parametrize(
    ("year", "friday", "monday"),
    [(2024, "03-29", "04-01"), (2026, "04-03", "04-06"), (2027, "03-26", "03-29"), (2038, "04-23", "04-26")],
)
def test_easter_moves_the_holidays_of_target(year: int, friday: str, monday: str) -> None:
    assert {date.fromisoformat(f"{year}-{friday}"), date.fromisoformat(f"{year}-{monday}")} <= holidays(year)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 10))
def test_so_many_business_days_after_is_a_business_day_with_so_many_between(day: date, count: int) -> None:
    found = after(day, count)
    assert is_business_day(found) and found >= next_business_day(day)
    between = [n for n in range(day.toordinal(), found.toordinal()) if is_business_day(date.fromordinal(n))]
    assert len(between) == count


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("M-2026.1", True),
        ("a" * 35, True),
        ("a" * 36, False),
        ("/x", False),
        ("x//y", False),
        ("ä", False),
        ("", False),
    ],
)
def test_a_reference_is_what_every_bank_takes(text: str, fits: bool) -> None:
    assert is_reference(text) is fits
