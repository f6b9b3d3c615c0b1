"""UN/CEFACT Cross Industry Invoice (D16B, as in D22B), to EN 16931: also what a Factur-X or ZUGFeRD PDF has inside.

GET /v1/invoices/inv-7/xml?syntax=cii
<rsm:CrossIndustryInvoice ...><rsm:ExchangedDocumentContext>...urn:cen.eu:en16931:2017...
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.en16931 import DISCOUNT
from services.invoicing.documents.en16931.proof import PROOF_DESCRIPTION, with_proof
from services.invoicing.documents.en16931.reading import read
from services.invoicing.documents.en16931.tags import tag, to_xml
from services.invoicing.documents.en16931.terms import Address, Allowance, Invoice, Line, Party, Payment, Tax
from services.invoicing.documents.examples import EXAMPLES

_STANDARD: Final = "urn:un:unece:uncefact:data:standard:"
_NAMES: Final = {
    "xmlns:rsm": f"{_STANDARD}CrossIndustryInvoice:100",
    "xmlns:ram": f"{_STANDARD}ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": f"{_STANDARD}UnqualifiedDataType:100",
    "xmlns:qdt": f"{_STANDARD}QualifiedDataType:100",
}
_EN16931: Final = "urn:cen.eu:en16931:2017"
_YYYYMMDD: Final = "102"
_SUPPORTING_DOCUMENT: Final = "916"


def render(contents: InvoiceContents) -> bytes:
    """The document as CII, its proof behind it. Raises `Rejection` for what the norm demands and the contents lack."""
    return with_proof(body(contents), contents)


def body(contents: InvoiceContents) -> bytes:
    """The document without its proof."""
    invoice = read(contents)
    root = Element("rsm:CrossIndustryInvoice", _NAMES)
    guideline = tag("ram:GuidelineSpecifiedDocumentContextParameter", tag("ram:ID", _EN16931))
    parts = (
        tag("rsm:ExchangedDocumentContext", guideline),
        tag(
            "rsm:ExchangedDocument",
            tag("ram:ID", invoice.number),
            tag("ram:TypeCode", invoice.type_code),
            _day("ram:IssueDateTime", invoice.issued_on),
            tag("ram:IncludedNote", tag("ram:Content", invoice.note)),
        ),
        tag("rsm:SupplyChainTradeTransaction", (_line(line) for line in invoice.lines), _head(invoice)),
    )
    root.extend(part for part in parts if part is not None)
    return to_xml(root)


def _head(invoice: Invoice) -> Iterator[Element | None]:
    yield tag(
        "ram:ApplicableHeaderTradeAgreement",
        tag("ram:BuyerReference", invoice.buyer_reference),
        _party("ram:SellerTradeParty", invoice.seller),
        _party("ram:BuyerTradeParty", invoice.buyer),
        _proof(invoice.proof) if invoice.proof else None,
    )
    delivery = Element("ram:ApplicableHeaderTradeDelivery")  # wanted even where it says nothing
    to = tag("ram:PostalTradeAddress", tag("ram:CountryID", invoice.delivered_to))
    delivery.extend(part for part in [tag("ram:ShipToTradeParty", to)] if part is not None)
    yield delivery
    yield tag("ram:ApplicableHeaderTradeSettlement", _settlement(invoice))


def _proof(proof: str) -> Element | None:
    return tag(
        "ram:AdditionalReferencedDocument",
        tag("ram:IssuerAssignedID", proof),
        tag("ram:TypeCode", _SUPPORTING_DOCUMENT),
        tag("ram:Name", PROOF_DESCRIPTION),
    )


def _settlement(invoice: Invoice) -> Iterator[Element | None]:
    if invoice.payment is not None:
        yield tag("ram:PaymentReference", invoice.number)
    yield tag("ram:InvoiceCurrencyCode", invoice.currency)
    if invoice.payment is not None:
        yield _payment(invoice.payment)
    for tax in invoice.taxes:
        yield _tax(tax)
    yield _period(invoice.first, invoice.last)
    for allowance in invoice.allowances:
        yield _allowance(allowance)
    yield tag(
        "ram:SpecifiedTradePaymentTerms",
        tag("ram:Description", invoice.terms),
        None if invoice.is_credit_note else _day("ram:DueDateDateTime", invoice.due_on),
    )
    yield tag(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        tag("ram:LineTotalAmount", invoice.lines_net),
        tag("ram:ChargeTotalAmount", invoice.charged or None),
        tag("ram:AllowanceTotalAmount", invoice.allowed or None),
        tag("ram:TaxBasisTotalAmount", invoice.net),
        tag("ram:TaxTotalAmount", invoice.tax, currencyID=invoice.currency),
        tag("ram:GrandTotalAmount", invoice.total),
        tag("ram:TotalPrepaidAmount", invoice.prepaid or None),
        tag("ram:DuePayableAmount", invoice.due),
    )
    for cited in invoice.preceding:
        yield tag(
            "ram:InvoiceReferencedDocument",
            tag("ram:IssuerAssignedID", cited.number),
            _day("ram:FormattedIssueDateTime", cited.issued_on, kind="qdt"),
        )


def _party(name: str, party: Party) -> Element | None:
    return tag(
        name,
        tag("ram:ID", party.id),
        tag("ram:Name", party.name),
        tag("ram:SpecifiedLegalOrganization", tag("ram:ID", party.registration_id)),
        tag(
            "ram:DefinedTradeContact",
            tag("ram:TelephoneUniversalCommunication", tag("ram:CompleteNumber", party.phone)),
            tag("ram:EmailURIUniversalCommunication", tag("ram:URIID", party.email)),
        ),
        _address(party.address),
        tag("ram:URIUniversalCommunication", tag("ram:URIID", party.endpoint, schemeID=party.endpoint_scheme)),
        tag("ram:SpecifiedTaxRegistration", tag("ram:ID", party.vat_id, schemeID="VA")),
    )


def _address(address: Address) -> Element | None:
    street, more, rest = (*address.lines, "", "", "")[:3]
    return tag(
        "ram:PostalTradeAddress",
        tag("ram:PostcodeCode", address.postal_code),
        tag("ram:LineOne", street),
        tag("ram:LineTwo", more),
        tag("ram:LineThree", rest),
        tag("ram:CityName", address.city),
        tag("ram:CountryID", address.country),
        tag("ram:CountrySubDivisionName", address.region),
    )


def _payment(payment: Payment) -> Element | None:
    return tag(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        tag("ram:TypeCode", payment.code),
        tag(
            "ram:PayeePartyCreditorFinancialAccount",
            tag("ram:IBANID", payment.iban),
            tag("ram:AccountName", payment.account_name),
        ),
        tag("ram:PayeeSpecifiedCreditorFinancialInstitution", tag("ram:BICID", payment.bic)),
    )


def _tax(tax: Tax) -> Element | None:
    return tag(
        "ram:ApplicableTradeTax",
        tag("ram:CalculatedAmount", tax.amount),
        tag("ram:TypeCode", "VAT"),
        tag("ram:ExemptionReason", tax.reason),
        tag("ram:BasisAmount", tax.base),
        tag("ram:CategoryCode", tax.category),
        tag("ram:ExemptionReasonCode", tax.reason_code),
        tag("ram:RateApplicablePercent", tax.rate),
    )


def _allowance(allowance: Allowance) -> Element | None:
    is_charge = allowance.amount < 0
    return tag(
        "ram:SpecifiedTradeAllowanceCharge",
        tag("ram:ChargeIndicator", tag("udt:Indicator", "true" if is_charge else "false")),
        tag("ram:ActualAmount", abs(allowance.amount)),
        tag("ram:ReasonCode", "" if is_charge else DISCOUNT),
        tag("ram:Reason", allowance.reason),
        tag(
            "ram:CategoryTradeTax",
            tag("ram:TypeCode", "VAT"),
            tag("ram:CategoryCode", allowance.category),
            tag("ram:RateApplicablePercent", allowance.rate),
        ),
    )


def _line(line: Line) -> Element | None:
    return tag(
        "ram:IncludedSupplyChainTradeLineItem",
        tag(
            "ram:AssociatedDocumentLineDocument",
            tag("ram:LineID", line.id),
            tag("ram:IncludedNote", tag("ram:Content", line.note)),
        ),
        tag("ram:SpecifiedTradeProduct", tag("ram:SellerAssignedID", line.item_id), tag("ram:Name", line.name)),
        tag(
            "ram:SpecifiedLineTradeAgreement",
            tag("ram:NetPriceProductTradePrice", tag("ram:ChargeAmount", line.price)),
        ),
        tag("ram:SpecifiedLineTradeDelivery", tag("ram:BilledQuantity", line.quantity, unitCode=line.unit)),
        tag("ram:SpecifiedLineTradeSettlement", _line_settlement(line)),
    )


def _line_settlement(line: Line) -> Iterator[Element | None]:
    yield tag(
        "ram:ApplicableTradeTax",
        tag("ram:TypeCode", "VAT"),
        tag("ram:CategoryCode", line.category),
        tag("ram:RateApplicablePercent", line.rate),
    )
    yield _period(line.first, line.last)
    yield tag("ram:SpecifiedTradeSettlementLineMonetarySummation", tag("ram:LineTotalAmount", line.net))


def _period(first: date, last: date) -> Element | None:
    return tag("ram:BillingSpecifiedPeriod", _day("ram:StartDateTime", first), _day("ram:EndDateTime", last))


def _day(name: str, day: date, *, kind: str = "udt") -> Element | None:
    return tag(name, tag(f"{kind}:DateTimeString", f"{day:%Y%m%d}", format=_YYYYMMDD))


OUTPUT: Final = Output(
    name="cii", path="xml", media_type="application/xml", render=render, examples=EXAMPLES, personal=True
)
