"""UBL 2.1 to EN 16931; to Peppol BIS Billing 3 too, where both have an electronic address and the customer a reference.

    GET /v1/invoices/inv-7/xml?syntax=ubl
    <Invoice xmlns="urn:oasis:...:Invoice-2" ...><cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>...

A credit note is a document of its own in UBL, with the same parts under other names.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.en16931 import DISCOUNT
from services.invoicing.documents.en16931.proof import PROOF_DESCRIPTION, with_proof
from services.invoicing.documents.en16931.reading import read
from services.invoicing.documents.en16931.tags import tag, to_xml
from services.invoicing.documents.en16931.terms import Address, Allowance, Invoice, Line, Party, Payment, Tax
from services.invoicing.documents.examples import EXAMPLES

_SCHEMA: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_EN16931: Final = "urn:cen.eu:en16931:2017"
_PEPPOL: Final = f"{_EN16931}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_BILLING: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def render(contents: InvoiceContents) -> bytes:
    """The document as UBL, its proof behind it. Raises `Rejection` for what the norm demands and the contents lack."""
    return with_proof(body(contents), contents)


def body(contents: InvoiceContents) -> bytes:
    """The document without its proof."""
    invoice = read(contents)
    kind = "CreditNote" if invoice.is_credit_note else "Invoice"
    root = Element(
        kind,
        {
            "xmlns": f"{_SCHEMA}{kind}-2",
            "xmlns:cac": f"{_SCHEMA}CommonAggregateComponents-2",
            "xmlns:cbc": f"{_SCHEMA}CommonBasicComponents-2",
        },
    )
    root.extend(part for part in (*_head(invoice, kind), *_body(invoice, kind)) if part is not None)
    return to_xml(root)


def _head(invoice: Invoice, kind: str) -> Iterator[Element | None]:
    yield tag("cbc:CustomizationID", _PEPPOL if invoice.is_for_peppol else _EN16931)
    yield tag("cbc:ProfileID", _BILLING if invoice.is_for_peppol else "")
    yield tag("cbc:ID", invoice.number)
    yield tag("cbc:IssueDate", invoice.issued_on)
    yield tag("cbc:DueDate", None if invoice.is_credit_note else invoice.due_on)
    yield tag(f"cbc:{kind}TypeCode", invoice.type_code)
    yield tag("cbc:Note", invoice.note)
    yield tag("cbc:DocumentCurrencyCode", invoice.currency)
    yield tag("cbc:BuyerReference", invoice.buyer_reference)
    yield tag("cac:InvoicePeriod", tag("cbc:StartDate", invoice.first), tag("cbc:EndDate", invoice.last))
    for cited in invoice.preceding:
        reference = tag("cbc:ID", cited.number), tag("cbc:IssueDate", cited.issued_on)
        yield tag("cac:BillingReference", tag("cac:InvoiceDocumentReference", *reference))
    description = tag("cbc:DocumentDescription", PROOF_DESCRIPTION)
    if invoice.proof:
        yield tag("cac:AdditionalDocumentReference", tag("cbc:ID", invoice.proof), description)


def _body(invoice: Invoice, kind: str) -> Iterator[Element | None]:
    yield tag("cac:AccountingSupplierParty", _party(invoice.seller))
    yield tag("cac:AccountingCustomerParty", _party(invoice.buyer))
    country = tag("cac:Country", tag("cbc:IdentificationCode", invoice.delivered_to))
    yield tag("cac:Delivery", tag("cac:DeliveryLocation", tag("cac:Address", country)))
    if invoice.payment is not None:
        yield _payment(invoice.payment, invoice.number)
    yield tag("cac:PaymentTerms", tag("cbc:Note", invoice.terms))
    for allowance in invoice.allowances:
        yield _allowance(allowance, invoice)
    subtotals = (_subtotal(tax, invoice.currency) for tax in invoice.taxes)
    yield tag("cac:TaxTotal", _amount("cbc:TaxAmount", invoice.tax, invoice), *subtotals)
    yield tag(
        "cac:LegalMonetaryTotal",
        _amount("cbc:LineExtensionAmount", invoice.lines_net, invoice),
        _amount("cbc:TaxExclusiveAmount", invoice.net, invoice),
        _amount("cbc:TaxInclusiveAmount", invoice.total, invoice),
        _amount("cbc:AllowanceTotalAmount", invoice.allowed, invoice) if invoice.allowed else None,
        _amount("cbc:ChargeTotalAmount", invoice.charged, invoice) if invoice.charged else None,
        _amount("cbc:PrepaidAmount", invoice.prepaid, invoice) if invoice.prepaid else None,
        _amount("cbc:PayableAmount", invoice.due, invoice),
    )
    for line in invoice.lines:
        yield _line(line, invoice, kind)


def _party(party: Party) -> Element | None:
    vat = tag("cac:TaxScheme", tag("cbc:ID", "VAT"))
    return tag(
        "cac:Party",
        tag("cbc:EndpointID", party.endpoint, schemeID=party.endpoint_scheme),
        tag("cac:PartyIdentification", tag("cbc:ID", party.id)),
        tag("cac:PartyName", tag("cbc:Name", party.name)),
        _address(party.address),
        tag("cac:PartyTaxScheme", tag("cbc:CompanyID", party.vat_id), vat) if party.vat_id else None,
        tag(
            "cac:PartyLegalEntity",
            tag("cbc:RegistrationName", party.name),
            tag("cbc:CompanyID", party.registration_id),
        ),
        tag("cac:Contact", tag("cbc:Telephone", party.phone), tag("cbc:ElectronicMail", party.email)),
    )


def _address(address: Address) -> Element | None:
    street, more, rest = (*address.lines, "", "", "")[:3]
    return tag(
        "cac:PostalAddress",
        tag("cbc:StreetName", street),
        tag("cbc:AdditionalStreetName", more),
        tag("cbc:CityName", address.city),
        tag("cbc:PostalZone", address.postal_code),
        tag("cbc:CountrySubentity", address.region),
        tag("cac:AddressLine", tag("cbc:Line", rest)),
        tag("cac:Country", tag("cbc:IdentificationCode", address.country)),
    )


def _payment(payment: Payment, number: str) -> Element | None:
    return tag(
        "cac:PaymentMeans",
        tag("cbc:PaymentMeansCode", payment.code),
        tag("cbc:PaymentID", number),
        tag(
            "cac:PayeeFinancialAccount",
            tag("cbc:ID", payment.iban),
            tag("cbc:Name", payment.account_name),
            tag("cac:FinancialInstitutionBranch", tag("cbc:ID", payment.bic)),
        ),
    )


def _allowance(allowance: Allowance, invoice: Invoice) -> Element | None:
    is_charge = allowance.amount < 0
    return tag(
        "cac:AllowanceCharge",
        tag("cbc:ChargeIndicator", "true" if is_charge else "false"),
        tag("cbc:AllowanceChargeReasonCode", "" if is_charge else DISCOUNT),
        tag("cbc:AllowanceChargeReason", allowance.reason),
        _amount("cbc:Amount", abs(allowance.amount), invoice),
        _category("cac:TaxCategory", allowance.category, allowance.rate),
    )


def _subtotal(tax: Tax, currency: str) -> Element | None:
    return tag(
        "cac:TaxSubtotal",
        tag("cbc:TaxableAmount", tax.base, currencyID=currency),
        tag("cbc:TaxAmount", tax.amount, currencyID=currency),
        _category("cac:TaxCategory", tax.category, tax.rate, tax),
    )


def _category(name: str, category: str, rate: Decimal | None, tax: Tax | None = None) -> Element | None:
    return tag(
        name,
        tag("cbc:ID", category),
        tag("cbc:Percent", rate),
        tag("cbc:TaxExemptionReasonCode", tax.reason_code) if tax else None,
        tag("cbc:TaxExemptionReason", tax.reason) if tax else None,
        tag("cac:TaxScheme", tag("cbc:ID", "VAT")),
    )


def _line(line: Line, invoice: Invoice, kind: str) -> Element | None:
    quantity = "CreditedQuantity" if invoice.is_credit_note else "InvoicedQuantity"
    return tag(
        f"cac:{kind}Line",
        tag("cbc:ID", line.id),
        tag("cbc:Note", line.note),
        tag(f"cbc:{quantity}", line.quantity, unitCode=line.unit),
        _amount("cbc:LineExtensionAmount", line.net, invoice),
        tag("cac:InvoicePeriod", tag("cbc:StartDate", line.first), tag("cbc:EndDate", line.last)),
        tag(
            "cac:Item",
            tag("cbc:Name", line.name),
            tag("cac:SellersItemIdentification", tag("cbc:ID", line.item_id)),
            _category("cac:ClassifiedTaxCategory", line.category, line.rate),
        ),
        tag("cac:Price", _amount("cbc:PriceAmount", line.price, invoice)),
    )


def _amount(name: str, amount: Decimal, invoice: Invoice) -> Element | None:
    return tag(name, amount, currencyID=invoice.currency)


OUTPUT: Final = Output(
    name="ubl", path="xml", media_type="application/xml", render=render, examples=EXAMPLES, personal=True
)
