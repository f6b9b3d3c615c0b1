"""A path for each output that documents/ has, below the document that it is made of.

    add_document_routes(routes, api, "/v1/invoices/{invoice_id}", handler_of)

GET /v1/invoices/{id}/pdf
GET /v1/credit-notes/{id}/xml?syntax=ubl      outputs of one path are told apart by `syntax`
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from itertools import groupby
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.document_style import Styles
from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.invoice.messages import InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.link import DocumentProof
from services.invoicing.rendering import rendered
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.customers import open_customers
from shared.http.problems import BadParameter
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

Handler = Callable[[str, Request], Awaitable[Response]]

LONG: Final = 500
"""Documents of more lines are made one after the other: each takes some 100 kB a line while it is set."""

_SAME: Final = ("number", "account_id", "currency", "issued_on", "net", "tax", "total")
"""Columns that every document has, under the names of the contents."""
_NO_SELLER: Final = '{"name": ""}'
"""Of an invoice that is older than the note of who issued it."""


class Forms:
    """The outputs of one path, and how one of them is answered."""

    def __init__(self, api: Api, forms: Mapping[str, Output]) -> None:
        self._api = api
        self._forms = forms
        self._styles = Styles(api.settings)
        self._turn = asyncio.Semaphore(1)

    def chosen(self, request: Request) -> Output:
        """What is asked for. Raises for a syntax that there is not, and for a role that may not read it."""
        output = self._named(request.query_params.get("syntax"))
        if output.personal and not caller_of(request).may("personal_data"):
            raise Rejection("forbidden", f"{output.name} names the customer, which this role may not read", status=403)
        return output

    async def answer(
        self, request: Request, output: Output, row: asyncpg.Record, lines: list[InvoiceLine], **also: Any
    ) -> Response:
        """The document of a row and its lines; `also` is what only documents of its kind have."""
        customer = {"name": row["name"], "details": row["details"]}
        await open_customers(self._api, request, [customer], document=True)
        contents = contents_of(row, lines, customer, style=self._styles.of(row["legal_entity"]), **also)
        # Some 15 ms of work, and more for a long invoice: not on the loop that the workers run in.
        async with self._turn if len(lines) > LONG else nullcontext():
            document = await rendered(output, contents)
        headers = {"Content-Disposition": f'inline; filename="{contents.number}.{output.ending}"'}
        return Response(document, media_type=output.media_type, headers=headers)

    def _named(self, syntax: str | None) -> Output:
        if syntax is None or len(self._forms) == 1:
            return next(iter(self._forms.values()))
        if syntax not in self._forms:
            raise BadParameter("syntax", f"syntax is one of {', '.join(self._forms)}, not {syntax!r}")
        return self._forms[syntax]


def add_document_routes(routes: APIRouter, api: Api, path: str, name: str, of: Callable[[Forms], Handler]) -> None:
    """Below `path`, which has the document's id. `of` makes the handler of a path's outputs."""
    every = sorted(outputs().values(), key=lambda output: (output.ending, output.name))
    for ending, listed in groupby(every, key=lambda output: output.ending):
        forms = {output.name: output for output in listed}
        media = {output.media_type: {"schema": _schema(output)} for output in forms.values()}
        routes.add_api_route(
            f"{path}/{ending}",
            of(Forms(api, forms)),
            name=f"{name}_{ending}",
            response_class=Response,
            responses={200: {"content": media}},
            dependencies=[api.roles(*READERS)],
            openapi_extra=_syntaxes(forms),
        )


def _schema(output: Output) -> dict[str, str]:
    """JSON is read as such by generated clients, everything else as a file."""
    is_json = output.media_type.startswith("application/json")
    return {"type": "object"} if is_json else {"type": "string", "format": "binary"}


def _syntaxes(forms: Mapping[str, Output]) -> dict[str, Any]:
    """The parameter that chooses among several outputs of a path; the first of them if it is not given."""
    if len(forms) == 1:
        return {}
    schema = {"type": "string", "enum": [*forms], "default": next(iter(forms))}
    return {"parameters": [{"name": "syntax", "in": "query", "schema": schema}]}


def contents_of(
    row: asyncpg.Record, lines: list[InvoiceLine], customer: dict[str, Any], **also: Any
) -> InvoiceContents:
    """What a document is made of; `customer` has its name and the fields of `CustomerFields` in the clear."""
    details = CustomerFields.model_validate(customer)
    return InvoiceContents(
        **{field: row[field] for field in _SAME},
        bill_to=customer["name"],
        bill_to_address=details.address,
        bill_to_tax_id=details.tax_id or "",
        bill_to_electronic_address=details.electronic_address or "",
        buyer_reference=details.buyer_reference or "",
        language=details.language or "",
        period=Period(row["period_start"], row["period_end"]),
        lines=lines,
        tax_groups=msgspec.json.decode(row["tax_groups"], type=list[TaxGroup]),
        seller=msgspec.json.decode(row["seller"] or _NO_SELLER, type=Seller),
        proof=None if row["proof"] is None else msgspec.json.decode(row["proof"], type=DocumentProof),
        **also,
    )
