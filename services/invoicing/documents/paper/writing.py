"""An invoice as text, ready to be set: what invoice.typ reads. Nothing is calculated after this.

written(contents)["lines"][0]["amount"]        # "39.90"
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from services.invoicing.credit_note.crediting import CREDIT
from services.invoicing.documents.contract import DEPOSIT_REQUEST, InvoiceContents, days_of
from services.invoicing.documents.paper.columns import widths
from services.invoicing.documents.paper.days_of_use import days_of_use
from services.invoicing.documents.paper.language import Language, language_of, languages
from services.invoicing.documents.paper.late_fees import sentences
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.documents.paper.payment_code import payment_code
from services.invoicing.documents.paper.style import DocumentStyle
from services.invoicing.invoice.carry_forward import CARRIED_FORWARD
from services.invoicing.invoice.messages import Allowance, InvoiceLine, LineStep, Seller, TaxGroup
from services.invoicing.proof.carried import fingerprint
from services.invoicing.taxes.engine.categories import CATEGORIES
from services.invoicing.taxes.engine.outside_vat import REASON

CHARTED_LINES: Final = 100
"""Lines whose days are printed: a chart is a third of a page. Those of the others are in the JSON and CSV."""
_LETTER: Final = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "PR", "DO", "CR", "PA", "SV", "NI"})
"""Countries that print on Letter; the others print on A4."""

_COLUMNS: Final = {
    **{"n": "line", "description": "description", "period": "service_period"},
    **{"quantity": "quantity", "unit_price": "unit_price", "amount": "amount"},
}
"""Fields of a line in the order of the page, with what stands above them."""

_LABELS: Final = (
    *("bill_to", "from", "number", "issued_on", "period", "due_on", "reference", "line", "description"),
    *("service_period", "quantity", "unit_price", "tax", "rate", "base", "tax_amount", "net", "credit_applied"),
    *("lines_net", "scan", "pay_online", "usage", "day", "fingerprint"),
)


def written(contents: InvoiceContents) -> dict[str, Any]:
    """All that is printed, in the customer's language."""
    language = language_of(contents.language, _country(contents))
    figures = Figures(language, contents.currency)
    lines = [_line(line, contents, figures) for line in contents.lines]
    label = {label: language.say(label) for label in _LABELS} | {
        label: language.say(label, currency=contents.currency) for label in ("amount", "total", "amount_due")
    }
    if contents.kind == DEPOSIT_REQUEST:
        label |= {"bill_to": language.say("asked_of"), "issued_on": language.say("asked_on")}
    return {
        **_looks(contents, language),
        **_parties(contents, language),
        **_facts(contents, figures),
        **_amounts(contents, figures),
        "label": label,
        "fingerprint": fingerprint(contents.proof.proof.hash) if contents.proof else "",
        "lines": lines,
        "widths": widths(lines, {field: label[said] for field, said in _COLUMNS.items()}),
        "taxes": [_tax(group, figures) for group in contents.tax_groups],
        "usage": [
            days_of_use(line, days, figures) for line in contents.lines[:CHARTED_LINES] if (days := days_of(line))
        ],
    }


def _country(contents: InvoiceContents) -> str:
    return contents.bill_to_address.country if contents.bill_to_address else ""


def _looks(contents: InvoiceContents, language: Language) -> dict[str, Any]:
    style, issued_on, texts = contents.style, contents.issued_on, contents.style.texts_in(language.code)
    return {
        "language": language.code,
        "direction": language.direction,
        "title": language.say(contents.kind),
        "paper": paper_of(style, _country(contents)),
        "accent": style.accent,
        "logo": bool(style.logo),
        "closing": language.quote(texts.closing),
        "footer": language.quote(texts.footer),
        # Kept for the template, which knows the page and not the words.
        "page": language.say("page", page="\0", pages="\1"),
        "date": {"year": issued_on.year, "month": issued_on.month, "day": issued_on.day},
    }


def _parties(contents: InvoiceContents, language: Language) -> dict[str, Any]:
    address, seller, quote = contents.bill_to_address, contents.seller, language.quote
    lines = () if address is None else address.as_printed(language.country(address.country))
    return {
        "account": language.say("account", id=quote(contents.account_id)),
        "bill_to": quote(contents.bill_to),
        "bill_to_lines": [quote(line) for line in lines],
        "bill_to_tax_id": quote(contents.bill_to_tax_id),
        "reference": quote(contents.buyer_reference),
        "seller": seller_as_printed(seller, language),
    }


def paper_of(style: DocumentStyle, country: str) -> str:
    """What a document for a customer of that country is printed on."""
    return style.paper or ("us-letter" if country in _LETTER else "a4")


def seller_as_printed(seller: Seller, language: Language) -> dict[str, Any]:
    quote = language.quote
    return {
        "name": quote(seller.name),
        "lines": [quote(line) for line in _seller_lines(seller, language)],
        "tax_id": quote(seller.tax_id or seller.vat_id),
        "payment_lines": _payment_lines(seller),
        "contact": quote(" · ".join(part for part in (seller.email, seller.phone) if part)),
    }


def _seller_lines(seller: Seller, language: Language) -> list[str]:
    """The address as it is printed: as one text, where there is one, else made of its parts."""
    if seller.address:
        return seller.address.split("\n")
    place = f"{seller.postal_code} {seller.city}".strip()
    country = language.country(seller.country) if seller.country else ""
    return [line for line in (seller.street, place, seller.region, country) if line]


def _payment_lines(seller: Seller) -> list[str]:
    if seller.payment_details:
        return seller.payment_details.split("\n")
    grouped = " ".join(seller.iban[n : n + 4] for n in range(0, len(seller.iban), 4))
    return [f"{name} {value}" for name, value in (("IBAN", grouped), ("BIC", seller.bic)) if value]


def _facts(contents: InvoiceContents, figures: Figures) -> dict[str, Any]:
    say, claims = figures.language.say, contents.kind != "credit_note"
    cites = "replaces" if contents.kind == "invoice" else "cites"
    due = f"{figures.amount(contents.amount_due)} {contents.currency}"
    told = {"amount": due, "number": contents.number}
    day = {"date": figures.day(contents.due_on)} if contents.is_due else {}
    asked = say("please_pay" if day else "please_send", **told, **day)
    is_request = contents.kind == DEPOSIT_REQUEST
    return {
        "number": contents.number,
        "currency": contents.currency,
        "issued_on": figures.day(contents.issued_on),
        "due_on": figures.day(contents.due_on) if claims and contents.is_due else "",
        "period": "" if is_request else figures.period(contents.period),
        "taxed": not is_request,
        "hint": say("deposit_hint") if is_request else "",
        "cites": [say(cites, number=cited.number, date=figures.day(cited.issued_on)) for cited in contents.cites],
        "note": figures.language.quote(contents.note),
        "cleared": _cleared(contents, figures),
        "asked": say("credited") if not claims else asked if contents.amount_due else say("nothing_due"),
        "asks": claims and bool(contents.amount_due),
        "payment_code": payment_code(contents),
        "payment_link": contents.payment_link,
    }


def _cleared(contents: InvoiceContents, figures: Figures) -> str:
    if contents.cleared is None:
        return ""
    quote = figures.language.quote
    said = {"authority": quote(contents.cleared.authority), "number": quote(contents.cleared.reference)}
    return figures.language.say("cleared", **said, date=figures.day(contents.cleared.at.date()))


def _amounts(contents: InvoiceContents, figures: Figures) -> dict[str, Any]:
    return {
        "lines_net": figures.amount(contents.lines_net),
        "allowances": [_allowance(one, figures) for one in contents.allowances],
        "net": figures.amount(contents.net),
        "tax": figures.amount(contents.tax),
        "total": figures.amount(contents.total),
        "credit_applied": figures.amount(-contents.credit_applied) if contents.credit_applied else "",
        "amount_due": figures.amount(contents.amount_due),
    }


def _allowance(one: Allowance, figures: Figures) -> dict[str, str]:
    """A percentage says of what it is, where that is not plain from the sum above it."""
    of = "" if one.percent is None else f"{figures.percent(one.percent)} · {figures.amount(one.base)}"
    return {"reason": figures.language.quote(one.reason), "of": of, "amount": figures.amount(-one.amount)}


def _line(line: InvoiceLine, contents: InvoiceContents, figures: Figures) -> dict[str, Any]:
    """A line; where one price holds for all of it, that is its unit price, else its steps are told below it."""
    if (said := sentences(line, figures)) is not None:
        return _late_fee(line, said, contents, figures)
    only, unit = (line.steps[0] if len(line.steps) == 1 else None), line.unit or ""
    whose = f"{line.account_id}: " if line.account_id else ""
    return {
        "n": str(line.n),
        "description": _said(line, contents, figures) or figures.language.quote(whose + line.description),
        "detail": _detail(line, contents, figures),
        "period": "" if line.kind == DEPOSIT_REQUEST else figures.period(line.period),
        "quantity": _line_quantity(line, only, figures),
        "unit_price": _unit_price(only, unit, figures) if only and line.gross is None else "",
        "amount": figures.amount(line.net),
        "steps": [] if only else [_step(step, unit, figures) for step in line.steps],
    }


def _said(line: InvoiceLine, contents: InvoiceContents, figures: Figures) -> str:
    """What a line that is made here is for, in the customer's words; "" of what rating or a person has described."""
    if line.kind == CARRIED_FORWARD:
        return figures.language.say("carried_forward", period=figures.period(line.period))
    if line.kind == DEPOSIT_REQUEST:
        word = f"deposit_{line.description}"
        return figures.language.say(word if word in figures.language.words else "deposit_other")
    if line.kind == CREDIT and contents.cites:
        word = "credit_on" if line.net > 0 else "credited_before"
        return figures.language.say(word, number=figures.language.quote(contents.cites[0].number))
    return ""


def _late_fee(line: InvoiceLine, said: list[str], contents: InvoiceContents, figures: Figures) -> dict[str, Any]:
    """A late fee says in whole sentences what it is for: it has no quantity and no price."""
    return {
        "n": str(line.n),
        "description": said[0],
        "detail": " · ".join(part for part in (*said[1:], _detail(line, contents, figures)) if part),
        "period": figures.period(line.period),
        **{"quantity": "", "unit_price": "", "steps": []},
        "amount": figures.amount(line.net),
    }


def _detail(line: InvoiceLine, contents: InvoiceContents, figures: Figures) -> str:
    """The tariff; where lines are taxed at different rates, those of the line."""
    tariff = figures.language.quote(f"{line.plan_id} v{line.plan_version}") if line.plan_id else ""
    taxed_alike = all(group.lines == contents.tax_groups[0].lines for group in contents.tax_groups)
    groups = () if taxed_alike else contents.tax_groups
    rates = [figures.percent(group.rate) for group in groups if line.n in group.lines]
    return " · ".join(part for part in (tariff, _told(line, contents, figures), *rates) if part)


def _told(line: InvoiceLine, contents: InvoiceContents, figures: Figures) -> str:
    """What the customer was told that the line costs, where that includes tax; the prices of its steps do, too."""
    if line.gross is None:
        return ""
    amount = figures.language.quote(f"{figures.amount(line.gross)} {contents.currency}")
    return figures.language.say("including_tax", amount=amount)


def _line_quantity(line: InvoiceLine, only: LineStep | None, figures: Figures) -> str:
    if line.quantity is not None:
        return figures.quantity(line.quantity, line.unit or "")
    return "" if only is None or only.quantity is None else figures.number(Decimal(only.quantity))


def _step(step: LineStep, unit: str, figures: Figures) -> dict[str, str]:
    return {
        "tier": figures.language.quote(step.label or "") or _tier(step.tier, figures.language),
        "quantity": "" if step.quantity is None else figures.quantity(Decimal(step.quantity), unit),
        "unit_price": _unit_price(step, unit, figures),
        "amount": "" if step.amount is None else figures.amount(Decimal(step.amount)),
    }


def _tier(tier: str, language: Language) -> str:
    if tier.isdigit():
        return language.say("tier", n=tier)
    return language.say(tier) if tier in ("included", "minimum") else tier.replace("_", " ").capitalize()


def _unit_price(step: LineStep, unit: str, figures: Figures) -> str:
    if step.unit_price is None:
        return ""
    size = None if step.unit_size is None else Decimal(step.unit_size)
    return figures.price(Decimal(step.unit_price), unit, size)


def _tax(group: TaxGroup, figures: Figures) -> dict[str, str]:
    return {
        "category": _category(group, figures.language),
        "reason": _whose_and_why(group, figures.language),
        "rate": figures.percent(group.rate),
        "base": figures.amount(group.base),
        "tax": figures.amount(group.tax),
    }


def _whose_and_why(group: TaxGroup, language: Language) -> str:
    """The jurisdiction whose tax it is, a country by its name, and the reason why there is none."""
    where = language.country(group.jurisdiction or "")
    reason = language.say("late_outside_vat") if group.reason == REASON else language.quote(group.reason or "")
    return " · ".join(part for part in (language.quote(where), reason) if part)


def _category(group: TaxGroup, language: Language) -> str:
    """A group's own name; one that is only the category's, in English, is said in the customer's language."""
    key = f"tax_{group.category}"
    usual = languages()["en"].get(key)
    if usual is not None and group.name in ("", usual, CATEGORIES[group.category].name):
        return language.say(key)
    return language.quote(group.name or group.category)
