"""Two companies of one operator: each issues, numbers and taxes the documents of the accounts that it bills."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.bill_profile.messages import (
    AssignLegalEntity,
    ChangeTaxProfile,
    LegalEntityAssigned,
    TaxTerms,
)
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteLocked
from services.invoicing.debit_note.messages import DebitInvoice, LineToDebit
from services.invoicing.invoice.messages import CompleteIssue, FinaliseInvoice, InvoiceIssued, InvoiceLocked
from services.invoicing.invoice.printed import Seller
from services.invoicing.invoice.state import IssuedLines
from services.invoicing.invoice_policy.messages import ApprovalPolicy, InvoicePolicySet, Numbering
from services.invoicing.legal_entity.bodies import LegalEntityFields
from services.invoicing.legal_entity.messages import (
    ChangeLegalEntity,
    DefineLegalEntity,
    DeleteLegalEntity,
    LegalEntityChanged,
    LegalEntityDefined,
    LegalEntityDeleted,
    SellerTax,
)
from services.invoicing.legal_entity.state import LegalEntityUse
from services.invoicing.numbering_series.messages import AssignNumber, NumberingSeriesOpened
from services.rating.account_entity.messages import NoteAccountEntity as TellRating
from services.usage.account_entity.messages import NoteAccountEntity as TellUsage
from shared.kernel.errors import Rejection
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, INVOICE, charge, closed, invoicing, opened, tell
from tests.services.invoicing.tax_world import EUROPE

OPERATOR = Seller(name="Northwind Belgium SA", country="BE")
DUTCH = Seller(name="Northwind Nederland B.V.", country="NL", vat_id="NL004495445B01")
DEFINED = LegalEntityDefined(legal_entity_id="nl", seller=DUTCH)
FINALISE = FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT, seller=OPERATOR)


def assign(entity: str | None) -> AssignLegalEntity:
    return AssignLegalEntity(account_id=ACCOUNT, legal_entity_id=entity)


def billed_by(entity: LegalEntityDefined, *more: Any) -> Specification:
    """A closed September of an account that the entity bills."""
    story = tell(invoicing().given(entity, *more), opened()).when(assign(entity.legal_entity_id))
    return tell(story, charge(1, "10.00"), closed(1, "10.00"))


def locked(story: Specification) -> Any:
    [found] = [event for event in story.events if isinstance(event, InvoiceLocked | CreditNoteLocked)]
    return found


def issue(story: Specification, number: str = "LE-nl/000001") -> Specification:
    """The invoice is issued, and its lines are in the table that later commands read them from."""
    story.when(CompleteIssue(invoice_id=INVOICE, account_id=ACCOUNT, number=number, issued_on=date(2026, 10, 1)))
    [issued] = [event for event in story.events if isinstance(event, InvoiceIssued)]
    story.state.keep({IssuedLines: {INVOICE: IssuedLines(invoice_id=INVOICE, lines=issued.lines)}})
    return story


def test_an_entity_is_defined_changed_by_version_and_deleted() -> None:
    story = invoicing().when(DefineLegalEntity(legal_entity_id="nl", seller=DUTCH)).then(DEFINED)
    story.when(DefineLegalEntity(legal_entity_id="nl", seller=DUTCH)).then_refused("legal_entity_exists")
    story.when(ChangeLegalEntity(legal_entity_id="nl", seller=DUTCH)).then_nothing()
    moved = msgspec.structs.replace(DUTCH, city="Utrecht")
    change = ChangeLegalEntity(legal_entity_id="nl", seller=moved)
    story.when(change, expected_version=2).then_refused("version_mismatch")
    story.when(change, expected_version=1).then(LegalEntityChanged(legal_entity_id="nl", version=2, seller=moved))
    story.when(DeleteLegalEntity(legal_entity_id="nl")).then(LegalEntityDeleted(legal_entity_id="nl"))
    for gone in (change, DeleteLegalEntity(legal_entity_id="nl")):
        story.when(gone).then_refused("legal_entity_not_found")
    story.when(DefineLegalEntity(legal_entity_id="nl", seller=DUTCH)).then(DEFINED)


def test_an_entity_without_a_country_is_refused() -> None:
    nowhere = DefineLegalEntity(legal_entity_id="nl", seller=Seller(name="Nowhere"))
    invoicing().when(nowhere).then_refused("required")


@pytest.mark.parametrize(
    ("accounts", "documents", "says"),
    [
        (7, 0, "it bills 7 accounts (a, b, …)"),
        (0, 3, "it has issued 3 documents"),
        (2, 3, "it bills 2 accounts (a, b); give them another one first, and it has issued 3 documents"),
    ],
)
def test_who_is_billed_by_an_entity_and_what_it_issued_keeps_it(accounts: int, documents: int, says: str) -> None:
    story = invoicing().given(DEFINED)
    use = LegalEntityUse(legal_entity_id="nl", accounts=accounts, examples=("a", "b")[:accounts], documents=documents)
    story.state.keep({LegalEntityUse: {"nl": use}})
    story.when(DeleteLegalEntity(legal_entity_id="nl")).then_refused("legal_entity_in_use")
    [refusal] = story.events
    assert says in refusal.detail  # type: ignore[attr-defined]


def test_an_account_is_given_an_entity_that_there_is_and_the_operator_again() -> None:
    story = tell(invoicing().given(DEFINED), opened())
    story.when(assign(None)).then_nothing()
    story.when(assign("be")).then_refused("legal_entity_not_found")
    story.when(assign("nl")).then(LegalEntityAssigned(account_id=ACCOUNT, version=2, legal_entity="nl"))
    story.when(assign("nl")).then_nothing()
    story.when(assign(None), expected_version=1).then_refused("version_mismatch")
    story.when(assign(None)).then(LegalEntityAssigned(account_id=ACCOUNT, version=3))
    story.given(LegalEntityDeleted(legal_entity_id="nl")).when(assign("nl")).then_refused("legal_entity_not_found")


def test_the_services_above_are_told_whose_an_account_is() -> None:
    story = tell(invoicing().given(DEFINED), opened()).when(assign("nl"))
    assert [(send.to, send.message) for send in story.sends] == [
        ("rating", TellRating(account_id=ACCOUNT, legal_entity="nl")),
        ("usage", TellUsage(account_id=ACCOUNT, legal_entity="nl")),
    ]


def test_an_account_that_is_opened_for_an_entity_is_that_ones_and_the_operators_where_there_is_none() -> None:
    for_nl = msgspec.structs.replace(opened(), legal_entity="nl")
    story = tell(invoicing().given(DEFINED), for_nl)
    assert LegalEntityAssigned(account_id=ACCOUNT, version=2, legal_entity="nl") in story.events
    nobodys = tell(invoicing(), for_nl)
    assert [(send.to, send.message) for send in nobodys.sends] == [("rating", TellRating(account_id=ACCOUNT))]


def test_an_invoice_is_issued_and_numbered_by_the_entity_of_its_account_r46() -> None:
    invoice = locked(billed_by(DEFINED).when(FINALISE))
    assert (invoice.seller, invoice.legal_entity, invoice.series_id) == (DUTCH, "nl", "LE-nl")


def test_an_account_without_an_entity_is_billed_by_the_operator() -> None:
    story = tell(invoicing().given(DEFINED), opened(), charge(1, "10.00"), closed(1, "10.00"))
    invoice = locked(story.when(FINALISE))
    assert (invoice.seller, invoice.legal_entity, invoice.series_id) == (OPERATOR, None, "INV")


def test_an_entity_numbers_in_the_series_that_was_chosen_for_it_whatever_the_operator_does() -> None:
    chosen = msgspec.structs.replace(DEFINED, series={"invoice": "NL-INV"})
    policy = InvoicePolicySet(approval=ApprovalPolicy(), version=1, numbering=Numbering(per_customer=True))
    assert locked(billed_by(chosen, policy).when(FINALISE)).series_id == "NL-INV"


def test_a_series_of_an_entity_opens_with_its_first_number_and_says_whose_it_is() -> None:
    story = billed_by(DEFINED).when(FINALISE)
    [ask] = [send.message for send in story.sends if isinstance(send.message, AssignNumber)]
    opening = story.when(ask).events[0]
    assert isinstance(opening, NumberingSeriesOpened)
    assert (opening.series_id, opening.pattern, opening.legal_entity) == ("LE-nl", "LE-nl/{n:06}", "nl")


def test_what_corrects_an_invoice_is_its_sellers_as_that_is_now_whoever_bills_the_account_by_then() -> None:
    story = issue(billed_by(DEFINED).when(FINALISE))
    story.when(assign(None))
    moved = msgspec.structs.replace(DUTCH, city="Utrecht")
    story.when(ChangeLegalEntity(legal_entity_id="nl", seller=moved))
    credit = CreditInvoice(
        credit_note_id="cn-1", invoice_id=INVOICE, account_id=ACCOUNT, reason="goodwill", seller=OPERATOR
    )
    debit = DebitInvoice(
        debit_note_id="dn-1",
        invoice_id=INVOICE,
        account_id=ACCOUNT,
        reason="other",
        seller=OPERATOR,
        lines=[LineToDebit(description="Router", net=Decimal("5.00"))],
    )
    for correcting, series in ((debit, "LED-nl"), (credit, "LEC-nl")):
        document = locked(story.when(correcting))
        assert (document.seller, document.legal_entity, document.series_id) == (moved, "nl", series)


def test_an_entity_that_is_deleted_while_an_account_is_given_it_goes_on_billing_it() -> None:
    story = billed_by(DEFINED).given(LegalEntityDeleted(legal_entity_id="nl"))
    assert locked(story.when(FINALISE)).seller == DUTCH


@pytest.mark.parametrize(
    ("entity", "rule", "rate"),
    [
        (None, "domestic", "20"),
        (Seller(name="Deutsch", country="DE"), "eu_telecom", "20"),
        (Seller(name="Swiss", country="CH"), "outside_scope", "0"),
    ],
)
def test_tax_is_determined_by_the_country_of_the_entity_r43(entity: Seller | None, rule: str, rate: str) -> None:
    story = tell(invoicing().given(*EUROPE), opened())
    terms: dict[str, str | list[str]] = {
        "seller_country": "FR",
        "seller_place": "FR",
        "place": "FR",
        "evidence": ["fixed_line:FR"],
    }
    story.when(ChangeTaxProfile(account_id=ACCOUNT, tax=TaxTerms(kind="determined", parameters=terms)))
    if entity is not None:
        story.given(LegalEntityDefined(legal_entity_id="x", seller=entity)).when(assign("x"))
    tell(story, charge(1, "10.00"), closed(1, "10.00"))
    [group] = locked(story.when(FINALISE)).tax_groups
    assert (group.rule, str(group.rate)) == (rule, rate)


def test_an_entity_abroad_that_is_registered_adds_the_tax_of_there_r43() -> None:
    swiss = LegalEntityDefined(
        legal_entity_id="ch", seller=Seller(name="Swiss", country="CH"), tax=SellerTax(registrations=["FR"])
    )
    story = tell(invoicing().given(*EUROPE, swiss), opened())
    terms: dict[str, str | list[str]] = {"seller_country": "FR", "place": "FR"}
    story.when(ChangeTaxProfile(account_id=ACCOUNT, tax=TaxTerms(kind="determined", parameters=terms)))
    tell(story.when(assign("ch")), charge(1, "10.00"), closed(1, "10.00"))
    [group] = locked(story.when(FINALISE)).tax_groups
    assert (group.rule, str(group.tax)) == ("registered", "2.00")


@pytest.mark.parametrize(
    ("said", "code", "pointer"),
    [
        ({"country": "NL", "iban": "NL91ABNA0417164301"}, "invalid", "/iban"),
        ({"vat_id": "NL004495446B01"}, "invalid_tax_id", "/vat_id"),
        ({}, "required", "/country"),
        ({"country": "EL"}, "invalid", "/country"),
    ],
)
def test_a_fault_is_refused_at_its_field(said: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(Rejection) as refused:
        LegalEntityFields(name="X", **said).seller()
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_the_country_is_that_of_the_vat_id_and_what_is_written_with_spaces_is_kept_without() -> None:
    body = LegalEntityFields(
        name="X", vat_id="NL 0044 95 445 B01", iban="NL91 ABNA 0417 1643 00", address=["Dam 1", "NL"]
    )
    seller = body.seller()
    assert seller.address == "Dam 1\nNL"
    assert (seller.country, seller.vat_id, seller.iban) == ("NL", "NL004495445B01", "NL91ABNA0417164300")
