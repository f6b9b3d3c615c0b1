"""Files that were issued once verify for ever, and every field that a document prints is in its proof."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from services.invoicing.documents.contract import Cited, Cleared, InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.abroad import DISCOUNTED
from services.invoicing.documents.json_whole import OUTPUT as JSON
from services.invoicing.documents.paper.style import DocumentStyle
from services.invoicing.invoice.messages import Allowance, InvoiceLine, LateFeeReason, LineStep, Seller, TaxGroup
from services.invoicing.proof.carried import as_bytes, carried
from services.invoicing.proof.checking import check_content
from services.invoicing.proof.printed_again import contents_of
from tests.services.invoicing.proof.proven import proven

ISSUED: Final = sorted(path for path in (Path(__file__).parent / "issued").iterdir() if path.suffix != ".md")
NUMBERS: Final = {
    "credit-note": "CN-000007",
    "debit-note": "DN-000003",
    "invoice": "INV-000048",
    "late-fees": "INV-000047",
}
EVERYTHING: Final = msgspec.structs.replace(
    DISCOUNTED,
    bill_to_electronic_address="9957:FR40303265045",
    bill_to_tax_id="FR40303265045",
    buyer_reference="PO 4711",
    cites=(Cited(number="INV-000044", issued_on=date(2026, 10, 1)),),
    credit_applied=Decimal("50.00"),
    note="Remplace la facture",
    kind="debit_note",
    payment_link="https://pay.example.com/7",
    cleared=Cleared(authority="DGFiP", reference="R-7", at=datetime(2026, 10, 1, 9, 30, tzinfo=UTC)),
)
"""An invoice of which no field is as by default."""


@pytest.mark.parametrize("path", ISSUED, ids=lambda path: path.name)
def test_what_was_issued_once_verifies_for_ever(path: Path) -> None:
    checked = check_content(path.read_bytes())
    stem = path.name.partition(".")[0]
    assert (checked.differences, checked.number, checked.n) == ([], NUMBERS[stem], 42)


def test_each_form_and_kind_of_document_was_kept() -> None:
    assert {path.name.partition(".")[2] for path in ISSUED} == {"pdf", "ubl.xml", "cii.xml", "json"}
    kinds = {check_content(path.read_bytes()).kind for path in ISSUED}
    assert kinds == {"invoice", "credit_note", "debit_note"}


@pytest.mark.parametrize("stem", NUMBERS)
def test_every_form_of_a_document_has_the_same_hash(stem: str) -> None:
    found = {check_content(path.read_bytes()).sha256 for path in ISSUED if path.name.startswith(f"{stem}.")}
    assert len(found) == 1


def told(contents: InvoiceContents) -> dict[str, Any]:
    proof: dict[str, Any] = msgspec.json.decode(as_bytes(carried(contents) or {}))
    return proof


@pytest.mark.parametrize("contents", [*EXAMPLES, EVERYTHING], ids=lambda contents: contents.number)
def test_a_document_is_made_again_of_its_proof(contents: InvoiceContents) -> None:
    printed = msgspec.structs.replace(proven(contents), style=DocumentStyle())
    assert contents_of(told(printed)) == printed


def test_the_document_that_is_made_again_has_every_field() -> None:
    """Whoever adds a field to documents adds it to `EVERYTHING`, and finds here what the proof leaves out."""
    contents = proven(EVERYTHING)
    defaults = {field.name: field.default for field in msgspec.structs.fields(InvoiceContents)}
    plain = [name for name, default in defaults.items() if getattr(contents, name) in (default, (), [], {}, "")]
    assert plain == ["style"]


def test_what_is_not_said_is_not_hashed() -> None:
    """An invoice without discounts has the hash that it had before there were discounts."""
    content = told(proven(msgspec.structs.replace(DISCOUNTED, allowances=[])))["content"]
    assert "allowances" not in content and "cites" not in content


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("allowances", 0, "amount", "amount"), "115.55", "/allowances/0/amount/amount"),
        (("allowances", 1, "reason"), "Cadeau", "/allowances/1/reason"),
        (("allowances", 0, "shares", 1, "amount"), "111.54", "/allowances/0/shares/1/amount"),
        (("cites", 0, "number"), "INV-000045", "/cites/0/number"),
        (("cleared", "reference"), "R-8", "/cleared/reference"),
        (("lines_net", "amount"), "1155.41", "/lines_net/amount"),
        (("proof", "content", "allowances", 0, "amount"), "115.55", "/proof/content"),
        (("proof", "unchained", "cleared", "reference"), "R-8", "/proof/unchained"),
    ],
    ids=lambda value: "/".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_changed_discount_or_citation_is_named(path: tuple[str | int, ...], value: Any, named: str) -> None:
    document = place = json.loads(JSON.render(proven(EVERYTHING)))
    for name in path[:-1]:
        place = place[name]
    assert place[path[-1]] != value
    place[path[-1]] = value
    checked = check_content(json.dumps(document).encode())
    assert named in [found.path for found in checked.differences]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            InvoiceLine,
            "account_id carried_from charge_event charge_id description fraction kind meter n net period plan_id"
            " plan_version quantity records steps subscription_id tax_class unit unrounded",
        ),
        (LineStep, "amount count flat_fee label late_fee quantity tier unit_price unit_size"),
        (
            LateFeeReason,
            "annual_rate base capped days_in_year due_on end fee_id flat invoice_number percent policy_id"
            " policy_version start waived",
        ),
        (
            TaxGroup,
            "base category jurisdiction kind lines name rate rate_id rate_version reason round_by rule share tax",
        ),
        (Allowance, "amount base code coupon_id discount_id lines percent period reason shares"),
        (
            Seller,
            "address bic city country electronic_address email iban name payment_details phone postal_code region"
            " registration_id street tax_id vat_id",
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_field_that_is_hashed_is_never_taken_away_or_demanded(kind: type[msgspec.Struct], names: str) -> None:
    """A field may come, with a default; without one, or with another name, no older file could be read again."""
    found = {field.name: field.required for field in msgspec.structs.fields(kind)}
    frozen = set(names.split())
    assert frozen <= set(found)
    assert not [name for name, required in found.items() if required and name not in frozen]
