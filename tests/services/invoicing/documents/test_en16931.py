"""Electronic invoices keep the rules of EN 16931, or are refused with the name of what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import msgspec
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from services.invoicing.documents import cii, outputs, ubl
from services.invoicing.documents.contract import Cited, Cleared, InvoiceContents
from services.invoicing.documents.en16931.prices import priced
from services.invoicing.documents.en16931.reading import read, vat_id_of
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.abroad import ARABIC, CREDIT, DEBIT, FRENCH, GERMAN, SPANISH
from services.invoicing.documents.examples.brussels import BRUSSELS, DATA, FIBRE, NORTHWIND
from services.invoicing.invoice.messages import InvoiceLine, LineStep, TaxGroup
from shared.kernel.errors import Rejection
from tests.kit.en16931 import violations

BOTH = [outputs()["ubl"], outputs()["cii"]]


def but(contents: InvoiceContents, **other: Any) -> InvoiceContents:
    return msgspec.structs.replace(contents, **other)


@pytest.mark.parametrize("output", BOTH, ids=lambda output: output.name)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.number)
def test_an_example_keeps_every_rule_of_the_norm_R39(example: InvoiceContents, output: Any) -> None:
    assert violations(output.render(example)) == []


def test_the_rules_are_asked() -> None:
    wrong = ubl.render(BRUSSELS).replace(b">1386.48</cbc:TaxInclusiveAmount>", b">1386.49</cbc:TaxInclusiveAmount>")
    assert [found.partition(":")[0] for found in violations(wrong)] == ["BR-CO-15", "BR-CO-16"]
    out_of_order = cii.render(BRUSSELS).replace(b"<ram:TypeCode>380</ram:TypeCode>", b"", 1)
    assert violations(out_of_order)[0].startswith("schema: ")


def test_amounts_of_the_document_are_those_of_the_invoice() -> None:
    sums = texts(fromstring(ubl.render(BRUSSELS)), "LegalMonetaryTotal")
    assert sums == {
        "LineExtensionAmount": "1155.40",
        "TaxExclusiveAmount": "1155.40",
        "TaxInclusiveAmount": "1386.48",
        "PrepaidAmount": "50.00",
        "PayableAmount": "1336.48",
    }


def texts(document: Element, name: str) -> dict[str, str]:
    """The texts below the first element of that name."""
    found = next(part for part in document.iter() if part.tag.rpartition("}")[2] == name)
    return {part.tag.rpartition("}")[2]: part.text or "" for part in found.iter() if part.text}


def test_a_credit_note_is_a_document_of_its_own_and_cites_the_original_R46() -> None:
    document = fromstring(ubl.render(CREDIT))
    assert document.tag.endswith("}CreditNote")
    assert texts(document, "InvoiceDocumentReference") == {"ID": "INV-000043", "IssueDate": "2026-10-01"}
    assert texts(document, "CreditNoteLine")["CreditedQuantity"] == "124"


def test_a_debit_note_is_an_invoice_of_its_own_type_and_cites_the_original_R46() -> None:
    document = fromstring(ubl.render(DEBIT))
    assert document.tag.endswith("}Invoice")
    assert document.findtext("{*}InvoiceTypeCode") == "383"
    assert texts(document, "InvoiceDocumentReference") == {"ID": "INV-000044", "IssueDate": "2026-10-01"}
    assert document.findtext("{*}DueDate") == "2026-11-03"
    assert b"<ram:TypeCode>383</ram:TypeCode>" in cii.render(DEBIT)


@pytest.mark.parametrize("output", BOTH, ids=lambda output: output.name)
def test_an_invoice_that_is_issued_anew_cites_its_original(output: Any) -> None:
    anew = but(BRUSSELS, number="INV-000050", cites=(Cited(number="INV-000042", issued_on=date(2026, 10, 1)),))
    assert violations(output.render(anew)) == []
    assert b"INV-000042" in output.render(anew)


@pytest.mark.parametrize("output", BOTH, ids=lambda output: output.name)
def test_what_an_authority_was_given_is_the_same_after_it_has_cleared_it(output: Any) -> None:
    cleared = Cleared(authority="SdI", reference="IT-4711", at=datetime(2026, 10, 2, 8, tzinfo=UTC))
    assert output.render(but(BRUSSELS, cleared=cleared)) == output.render(BRUSSELS)


def test_peppol_is_claimed_only_where_both_ends_and_a_reference_are_known() -> None:
    assert b"poacc:billing:3.0" in ubl.render(GERMAN)
    assert b"poacc" not in ubl.render(but(GERMAN, buyer_reference=""))
    assert b"poacc" not in ubl.render(FRENCH)


GB = "1000000000"


@pytest.mark.parametrize(
    ("step", "net", "told"),
    [
        ({"quantity": "1", "unit_price": "39.90"}, "39.90", ("1", "C62", "39.90")),
        ({"quantity": "0.5", "unit_price": "29.90"}, "14.95", ("0.5", "C62", "29.90")),
        ({"quantity": "2300000000", "unit_price": "0.5", "unit_size": GB}, "1.50", ("3", "E34", "0.5")),
        ({"quantity": "1", "unit_price": "0.1988", "unit_size": GB}, "0.21", ("1", "C62", "0.21")),
        ({"amount": "10"}, "10.00", ("1", "C62", "10.00")),
        ({"quantity": "1", "unit_price": "-5.00"}, "-5.00", ("-1", "C62", "5.00")),
        ({"quantity": "3", "unit_price": "0.00880"}, "0.03", ("3", "C62", "0.00880")),
    ],
)
def test_quantity_times_price_is_the_net_of_the_line_R40(
    step: dict[str, Any], net: str, told: tuple[str, str, str]
) -> None:
    steps = [LineStep(tier="1", **step)]
    line = msgspec.structs.replace(FIBRE, steps=steps, net=Decimal(net), unit="octets" if "unit_size" in step else None)
    quantity, unit, price = priced(line, "EUR")
    assert (str(quantity), unit, str(price)) == told


def test_a_line_of_several_terms_is_one_lump_with_a_note() -> None:
    line = read(BRUSSELS).lines[1]
    assert (line.quantity, line.price, line.note) == (Decimal(1), Decimal("1115.50"), "350 GB")


@pytest.mark.parametrize(
    ("written", "packed"),
    [
        ("BE 0987.654.394", "BE0987654394"),
        ("EL123456789", "EL123456789"),
        ("12-3456789", ""),
        ("ZZ123", ""),
        ("DEABC", ""),
    ],
)
def test_a_vat_id_is_known_by_its_country(written: str, packed: str) -> None:
    assert vat_id_of(written) == packed


def seller(**other: str) -> InvoiceContents:
    return but(BRUSSELS, seller=msgspec.structs.replace(NORTHWIND, **other))


GROUPS = BRUSSELS.tax_groups[0]


def groups(*groups: TaxGroup) -> InvoiceContents:
    return but(BRUSSELS, tax_groups=[*groups])


def group(**other: Any) -> TaxGroup:
    return msgspec.structs.replace(GROUPS, **other)


UNREGISTERED = msgspec.structs.replace(NORTHWIND, registration_id="")
UNEXPLAINED = msgspec.structs.replace(SPANISH.tax_groups[0], reason=None)
UNASSIGNED = [msgspec.structs.replace(group, lines=[]) for group in FRENCH.tax_groups]
COUNTRY, VAT_ID = ("seller_incomplete", "/seller/country"), ("seller_incomplete", "/seller/vat_id")


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (seller(country="", vat_id=""), [COUNTRY, VAT_ID]),
        (but(BRUSSELS, bill_to_address=None), [("customer_incomplete", "/customer/address")]),
        (but(GERMAN, bill_to_tax_id=""), [("customer_incomplete", "/customer/tax_id")]),
        (but(ARABIC, seller=UNREGISTERED), [("seller_incomplete", "/seller/registration_id")]),
        (but(SPANISH, tax_groups=[UNEXPLAINED]), [("tax_incomplete", "/tax_groups/reason")]),
        (but(FRENCH, tax_groups=UNASSIGNED), [("tax_incomplete", "/lines/1")]),
        (groups(group(), group(rate=Decimal(3))), [("not_vat", None)]),
        (groups(group(category="US-TX")), [("not_vat", None)]),
        (but(BRUSSELS, currency="KWD"), [("not_representable", None)]),
        (but(BRUSSELS, lines=[]), [("not_representable", None)]),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else "",
)
def test_what_the_norm_demands_and_nobody_told_is_named(
    contents: InvoiceContents, told: list[tuple[str, str | None]]
) -> None:
    for output in BOTH:
        with pytest.raises(Rejection) as refused:
            output.render(contents)
        assert [(one.code, one.pointer) for one in refused.value.all] == told
        assert all(one.status == 409 for one in refused.value.all)


def test_a_missing_part_says_which_setting_it_is() -> None:
    with pytest.raises(Rejection, match="METERLOG_SELLER_COUNTRY"):
        ubl.render(seller(country=""))


def test_groups_of_one_rate_are_one_in_the_document() -> None:
    half = group(base=Decimal("577.70"), tax=Decimal("115.54"))
    made = groups(msgspec.structs.replace(half, name="Internet"), msgspec.structs.replace(half, name="Telephony"))
    assert violations(ubl.render(made)) == []


@given(name=st.text(min_size=1, max_size=40), street=st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_words_are_well_formed_xml(name: str, street: str) -> None:
    address = BRUSSELS.bill_to_address
    assert address is not None
    hostile = but(BRUSSELS, bill_to=name, bill_to_address=address.model_copy(update={"lines": [street]}))
    for render in (ubl.render, cii.render):
        assert_readable(render, hostile)


def assert_readable(render: Callable[[InvoiceContents], bytes], contents: InvoiceContents) -> None:
    assert fromstring(render(contents)) is not None


def test_five_thousand_lines_keep_the_rules_too() -> None:
    lines: list[InvoiceLine] = [msgspec.structs.replace(DATA, n=n + 1) for n in range(5000)]
    net, tax = DATA.net * 5000, DATA.net * 1000
    made = but(
        groups(group(base=net, tax=tax)), lines=lines, net=net, tax=tax, total=net + tax, credit_applied=Decimal(0)
    )
    assert violations(cii.render(made)) == []
