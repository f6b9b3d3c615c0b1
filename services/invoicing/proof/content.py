"""What of a document is hashed when it is locked: all that it says but its number, its date and the customer.

    content_of(kind="invoice", account_id="acc-1", lines=[...], net=Decimal("10.00"), ...)
    {"format": "meterlog-document-1", "kind": "invoice", "lines": [{"n": 1, "net": "10.00", ...}], "net": "10.00", ...}

Number and date are in the link of the series that holds this hash (link.py). The customer's name and address are in
neither: they can be erased, and a hash of a name would tell it to whoever guesses. What has no value is left out, so
that a field that comes later changes no hash of what is older.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

import msgspec

from services.invoicing.invoice.messages import Allowance, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.canonical import digest
from services.invoicing.proof.link import Hashes
from shared.kernel.period import Period

FORMAT: Final = "meterlog-document-1"
_NOBODY: Final = Seller(name="")


def _without_defaults(kind: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The same fields, whose values are left out where they are as by default."""
    given: list[Any] = []
    # Those without a default first: there are hundreds of thousands of lines a run, which are made by position.
    for field in sorted(msgspec.structs.fields(kind), key=lambda field: not field.required):
        if field.required:
            given.append((field.name, field.type))
        elif field.default is not msgspec.NODEFAULT:
            given.append((field.name, field.type, field.default))
        else:
            given.append((field.name, field.type, msgspec.field(default_factory=field.default_factory)))
    return msgspec.defstruct(f"{kind.__name__}Content", given, omit_defaults=True, frozen=True)


LineContent: Final[Any] = _without_defaults(InvoiceLine)
"""A line with every field that lines have, those that are added later too."""
_FIELDS: Final = attrgetter(*LineContent.__struct_fields__)


def content_of(
    *,
    kind: str,
    account_id: str,
    currency: str,
    period: Period,
    lines: Sequence[InvoiceLine],
    tax_groups: Sequence[TaxGroup],
    net: Decimal,
    tax: Decimal,
    total: Decimal,
    seller: Seller | None,
    terms_days: int = 0,
    cites: Sequence[tuple[str, date]] = (),
    note: str = "",
    allowances: Sequence[Allowance] = (),
) -> dict[str, Any]:
    """The content. It is due `terms_days` after its date; `cites` has number and date of what it is about."""
    said = {
        "terms_days": terms_days,
        "seller": None if seller == _NOBODY else seller,
        "cites": [{"number": number, "issued_on": issued_on} for number, issued_on in cites],
        "note": note,
        "allowances": list(allowances),
    }
    return {
        "format": FORMAT,
        "kind": kind,
        "account_id": account_id,
        "currency": currency,
        "period": period,
        "lines": [LineContent(*_FIELDS(line)) for line in lines],
        "tax_groups": tax_groups,
        "net": f"{net:f}",
        "tax": f"{tax:f}",
        "total": f"{total:f}",
        **{name: value for name, value in said.items() if value},
    }


def hashes_of(*, lines: Sequence[InvoiceLine], **said: Any) -> Hashes:
    """What proves later that a document says what was locked; `said` is the rest of its content."""
    content = content_of(lines=lines, **said)
    return Hashes(content=digest(content), inputs=positions_hash(positions_of(lines)))


def positions_of(lines: Sequence[InvoiceLine]) -> list[str]:
    """Where in the logs it is said what each line is for: its charge's event, or the draft that it sums up.

    "" of a line that has neither: one of before positions were kept, or the amount of a credit note.
    """
    return [line.charge_event or line.carried_from or "" for line in lines]


def positions_hash(positions: Sequence[str]) -> str:
    """SHA-256 of the positions, a line each.

    >>> positions_hash(["rating/2/1842", "rating/2/1843"])[:16]
    'b4c2574a337ff307'
    """
    return sha256("".join([f"{position}\n" for position in positions]).encode()).hexdigest()
