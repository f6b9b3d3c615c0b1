"""What can still be credited of an invoice.

GET /v1/invoices/{id}/creditable -> {"invoice_id", "lines": [{"n", "net", "left"}], "net", "total"}

It is worked out from the states that a credit note is decided by, so that no more is offered than is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.invoicing.claiming import claiming
from services.invoicing.credit_note.decide import what_is_left
from services.invoicing.invoice.loading import issued_lines
from services.invoicing.invoice.state import Invoice, IssuedLines
from shared.engine.stored_states import StoredStates
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.http.problems import not_found
from shared.kernel.decider import State, View
from shared.kernel.decimals import EXACT
from shared.kernel.errors import absent
from shared.kernel.money import MoneyBody

_HOME: Final = "select partition from invoice_row where invoice_id = $1"


class LineLeftShape(BaseModel):
    """Line `n`: `net` is before discounts, `left` after them and without what was credited of it."""

    n: int
    net: MoneyBody
    left: MoneyBody


class CreditableShape(BaseModel):
    """`net` and `total` are what is left of the whole invoice, which amounts of no line have lowered too."""

    invoice_id: str
    lines: list[LineLeftShape]
    net: MoneyBody
    total: MoneyBody


class _StatesAndLines(StoredStates):
    """Lines of issued invoices stand in no state."""

    LOADERS: ClassVar[Mapping[type[State], Callable[..., Any]]] = {IssuedLines: issued_lines}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/v1/invoices/{invoice_id}/creditable", response_model=CreditableShape, dependencies=[api.roles(*READERS)]
    )
    async def creditable_of_invoice(invoice_id: str) -> Response:
        """What can still be credited, line by line and in all."""
        home: int | None = await api.db.fetchval(_HOME, invoice_id)
        if home is None:
            raise not_found("invoice", invoice_id)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            states = _StatesAndLines(connection, home=home)
            return Answer(await states.ask(lambda view: _shape(invoice_id, view)))

    return routes


def _shape(invoice_id: str, view: View) -> dict[str, Any]:
    """Raises `Rejection` where the invoice claims nothing."""
    invoice, stored = view.get(Invoice, invoice_id), view.get(IssuedLines, invoice_id)
    if invoice is None:
        raise absent("invoice", invoice_id)
    issued = claiming(invoice, "credited")
    left, currency = what_is_left(invoice, issued, stored), invoice.currency
    nets = {line.n: line.net for line in (stored.lines if stored else [])}
    return {
        "invoice_id": invoice_id,
        "lines": [
            {"n": line.n, "net": money(nets[line.n], currency), "left": money(left.left_of(line), currency)}
            for line in left.lines
        ],
        "net": money(EXACT.subtract(issued.net, left.before.net), currency),
        "total": money(left.left, currency),
    }
