"""From the contents of a document to the terms of EN 16931, or to every part that is missing.

    read(contents).tax            # Decimal('231.08')
    read(without_a_country)       # Rejections: seller_incomplete, "... set METERLOG_SELLER_COUNTRY ..."

What an issued invoice says of its seller and its customer is as it was at issue. So a part that was missing then stays
missing, and each rejection says what to set for the documents to come.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.en16931.prices import priced
from services.invoicing.documents.en16931.taxes import LineTax, allowances, tax_of_lines, taxes
from services.invoicing.documents.en16931.terms import Address, Invoice, Line, Party, Payment, Preceding, Tax
from services.invoicing.invoice.messages import InvoiceLine, Seller
from shared.kernel.currency import minor_units
from shared.kernel.customer import AddressBody, is_country
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.period import Period
from shared.kernel.units import for_people

_TYPE_CODES: Final = {"invoice": "380", "credit_note": "381", "debit_note": "383"}
_DECIMALS_MAX: Final = 2
_SEPA_TRANSFER: Final = "58"
_TRANSFER: Final = "30"
_VAT_PREFIXES: Final = frozenset({"EL", "XI"})
"""Greece and Northern Ireland, which VAT ids call otherwise than ISO 3166-1."""


def read(contents: InvoiceContents) -> Invoice:
    """The document in terms of the norm. Raises `Rejections` that name everything that is missing."""
    groups, of_lines = taxes(contents), tax_of_lines(contents)
    missing = [*_of_form(contents, groups), *_of_seller(contents.seller, groups), *_of_buyer(contents, groups)]
    if missing:
        raise Rejections(missing)
    assert contents.bill_to_address is not None
    outside = _is_outside(groups)
    seller = _seller(contents.seller, outside=outside)
    buyer = _buyer(contents, contents.bill_to_address, outside=outside)
    return Invoice(
        number=contents.number,
        type_code=_TYPE_CODES[contents.kind],
        issued_on=contents.issued_on,
        due_on=contents.due_on,
        currency=contents.currency,
        buyer_reference=contents.buyer_reference,
        note=contents.note,
        terms="" if contents.seller.iban else contents.seller.payment_details,
        first=contents.period.start,
        last=_last_day(contents.period),
        seller=seller,
        buyer=buyer,
        payment=_payment(contents),
        delivered_to=buyer.address.country if any(group.category == "K" for group in groups) else "",
        preceding=tuple(Preceding(number=cited.number, issued_on=cited.issued_on) for cited in contents.cites),
        taxes=tuple(groups),
        lines=tuple(_line(line, contents, of_lines) for line in contents.lines),
        allowances=tuple(allowances(contents)),
        lines_net=contents.lines_net,
        net=contents.net,
        tax=contents.tax,
        total=contents.total,
        prepaid=contents.credit_applied,
        due=contents.amount_due,
        proof=f"sha256:{contents.proof.proof.hash}" if contents.proof else "",
    )


def vat_id_of(tax_id: str) -> str:
    """A tax id as it is written, `BE 0987.654.394`, as the VAT id that it is, `BE0987654394`; "" where it is none."""
    packed = re.sub(r"[\s./-]", "", tax_id).upper()
    if not re.fullmatch(r"[A-Z]{2}(?=.*[0-9])[0-9A-Z]{2,13}", packed):
        return ""
    return packed if packed[:2] in _VAT_PREFIXES or is_country(packed[:2]) else ""


def _is_outside(groups: list[Tax]) -> bool:
    """Of what is not subject to VAT nobody's VAT id is told (BR-O-02 to 04)."""
    return all(group.category == "O" for group in groups)


def _of_form(contents: InvoiceContents, groups: list[Tax]) -> list[Rejection]:
    """What the norm has no way to write at all."""
    decimals, outside = minor_units(contents.currency), [group.category == "O" for group in groups]
    wrong = {
        f"amounts in {contents.currency} have {decimals} decimals, the norm has 2": decimals > _DECIMALS_MAX,
        "it wants at least one line": not contents.lines,
        "what is not subject to VAT has no company on a document (BR-O-11)": any(outside) and not all(outside),
    }
    return [
        Rejection("not_representable", f"EN 16931 can't say it: {why}; take the PDF", status=409)
        for why, is_so in wrong.items()
        if is_so
    ]


def _of_seller(seller: Seller, groups: list[Tax]) -> list[Rejection]:
    outside = _is_outside(groups)
    wanted = {
        "country": not seller.country,
        "vat_id": not seller.vat_id and not outside,
        "registration_id": outside and not seller.registration_id,
    }
    return [
        Rejection(
            "seller_incomplete",
            f"EN 16931 wants the seller's {field.replace('_', ' ')}: set METERLOG_SELLER_{field.upper()},"
            " or say it of the legal entity; documents issued from then on have it",
            pointer=f"/seller/{field}",
            status=409,
        )
        for field, is_missing in wanted.items()
        if is_missing
    ]


def _of_buyer(contents: InvoiceContents, groups: list[Tax]) -> list[Rejection]:
    reverse = any(group.category in ("AE", "K") for group in groups)
    wanted = {"address": contents.bill_to_address is None, "tax_id": reverse and not contents.bill_to_tax_id}
    return [
        Rejection(
            "customer_incomplete",
            f"EN 16931 wants the customer's {field.replace('_', ' ')}, which is not known or was erased:"
            f" PATCH /v1/accounts/{contents.account_id} with it; documents issued from then on have it",
            pointer=f"/customer/{field}",
            status=409,
        )
        for field, is_missing in wanted.items()
        if is_missing
    ]


def _seller(seller: Seller, *, outside: bool) -> Party:
    scheme, _, endpoint = seller.electronic_address.partition(":")
    return Party(
        name=seller.name,
        address=Address(
            lines=tuple(line for line in (seller.street,) if line),
            city=seller.city,
            postal_code=seller.postal_code,
            region=seller.region,
            country=seller.country,
        ),
        registration_id=seller.registration_id,
        vat_id="" if outside else seller.vat_id,
        endpoint=endpoint,
        endpoint_scheme=scheme if endpoint else "",
        email=seller.email,
        phone=seller.phone,
    )


def _buyer(contents: InvoiceContents, address: AddressBody, *, outside: bool) -> Party:
    scheme, _, endpoint = contents.bill_to_electronic_address.partition(":")
    vat_id = "" if outside else vat_id_of(contents.bill_to_tax_id)
    return Party(
        name=contents.bill_to,
        address=Address(
            lines=(*address.lines[:2], *([", ".join(address.lines[2:])] if address.lines[2:] else [])),
            city=address.city,
            postal_code=address.postal_code,
            region=address.region or "",
            country=address.country,
        ),
        id=contents.account_id,
        registration_id="" if vat_id else contents.bill_to_tax_id,
        vat_id=vat_id,
        endpoint=endpoint,
        endpoint_scheme=scheme if endpoint else "",
    )


def _payment(contents: InvoiceContents) -> Payment | None:
    seller = contents.seller
    if not seller.iban or contents.kind == "credit_note":
        return None
    code = _SEPA_TRANSFER if contents.currency == "EUR" else _TRANSFER
    return Payment(code=code, iban=seller.iban, account_name=seller.name, bic=seller.bic)


def _line(line: InvoiceLine, contents: InvoiceContents, of_lines: dict[int, LineTax]) -> Line:
    told = priced(line, contents.currency)
    tax = of_lines[line.n]
    return Line(
        id=str(line.n),
        name=line.description.strip() or line.kind or "-",
        note=_note(line),
        item_id=line.plan_id,
        quantity=told.quantity,
        unit=told.unit,
        price=told.price,
        net=line.net,
        category=tax.category,
        rate=tax.rate,
        first=line.period.start,
        last=_last_day(line.period),
    )


def _note(line: InvoiceLine) -> str:
    """What was used, of a line that is written as one lump, and whose it is where another account pays."""
    whose = f"{line.account_id}: " if line.account_id else ""
    if line.quantity is None or len(line.steps) < 2:
        return whose.removesuffix(": ")
    value, unit = for_people(line.quantity, line.unit or "")
    return f"{whose}{value} {unit}".strip()


def _last_day(period: Period) -> date:
    return date.fromordinal(max(period.start.toordinal(), period.end.toordinal() - 1))
