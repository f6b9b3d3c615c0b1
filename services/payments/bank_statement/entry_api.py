"""The entries of a bank statement over HTTP: what each seems to pay, and what a person says it does.

GET  /v1/bank-statements/{id}/matches?waiting=true
POST /v1/bank-statements/{id}/entries/{entry}/confirm                      what is proposed first
POST /v1/bank-statements/{id}/entries/{entry}/pair    {"account_id": "acc-1", "invoice_id": "INV-000042"}
POST /v1/bank-statements/{id}/entries/{entry}/ignore  {"reason": "interest of the bank"}
POST /v1/bank-statements/{id}/entries/{entry}/reopen
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.payments.bank_statement.limits import STATEMENTS_PATH
from services.payments.bank_statement.matching import Candidate
from services.payments.bank_statement.messages import IgnoreEntry, OfBankAccount, Pair, PairEntries, ReopenEntry
from services.payments.bank_statement.shapes import (
    ENTRIES,
    BankEntryPage,
    BankEntryShape,
    entry_shapes,
    read_entry,
    read_statement,
)
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.parameters import listed
from shared.http.waiting import until
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection, absent
from shared.kernel.same_fields import same_fields

_INVOICE: Final = """
select invoice_id from receivable_row where account_id = $1 and (invoice_id = $2 or upper(number) = upper($2))
"""


class BankEntryPairBody(Body):
    """Whose money it is; `invoice_id` is an invoice's id or number. Without it what is due first is paid."""

    account_id: IdText
    invoice_id: IdText | None = None


class BankEntryIgnoreBody(Body):
    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    every = f"{STATEMENTS_PATH}/{{statement_id}}/matches"
    one = f"{STATEMENTS_PATH}/{{statement_id}}/entries/{{entry_id}}"
    said: dict[str, Any] = {"response_model": BankEntryShape, "dependencies": [api.roles(*WRITERS)]}

    async def done(
        request: Request, statement_id: str, entry_id: str, kind: type[OfBankAccount], /, **what: Any
    ) -> Response:
        row = await read_entry(api, statement_id, entry_id)
        await api.command(request, kind(bank_account=row["bank_account"], statement_id=statement_id, **what))
        after = await until(lambda: read_entry(api, statement_id, entry_id), lambda found: found["status"] != "booking")
        return Answer((await entry_shapes(api, request, [after]))[0])

    async def paired(request: Request, statement_id: str, pair: Pair) -> Response:
        return await done(request, statement_id, pair.entry_id, PairEntries, pairs=[pair])

    @routes.get(every, **listed(api, ENTRIES, BankEntryPage))
    async def bank_statement_matches(statement_id: str, request: Request) -> Response:
        """Entries with what each seems to pay; `waiting` for a person are those that are open and not exact."""
        await read_statement(api, statement_id)
        page = await ENTRIES.page(request, api, shape=lambda row: row, where={"statement_id": statement_id})
        return Answer({**page, "items": await entry_shapes(api, request, page["items"])})

    @routes.post(f"{one}/confirm", **said)
    async def confirm_bank_entry(statement_id: str, entry_id: str, request: Request) -> Response:
        """What is proposed first is right."""
        row = await read_entry(api, statement_id, entry_id)
        found = msgspec.json.decode(row["candidates"], type=list[Candidate])
        if not found:
            raise Rejection("nothing_proposed", "nothing is proposed for this entry; pair it", status=409)
        return await paired(request, statement_id, same_fields(Pair, found[0], entry_id=entry_id))

    @routes.post(f"{one}/pair", **said)
    async def pair_bank_entry(statement_id: str, entry_id: str, body: BankEntryPairBody, request: Request) -> Response:
        await read_entry(api, statement_id, entry_id)
        invoice_id = await _checked(api, body)
        return await paired(
            request, statement_id, Pair(entry_id=entry_id, account_id=body.account_id, invoice_id=invoice_id)
        )

    @routes.post(f"{one}/ignore", **said)
    async def ignore_bank_entry(
        statement_id: str, entry_id: str, body: BankEntryIgnoreBody, request: Request
    ) -> Response:
        return await done(request, statement_id, entry_id, IgnoreEntry, entry_id=entry_id, reason=body.reason)

    @routes.post(f"{one}/reopen", **said)
    async def reopen_bank_entry(statement_id: str, entry_id: str, request: Request) -> Response:
        return await done(request, statement_id, entry_id, ReopenEntry, entry_id=entry_id)

    return routes


async def _checked(api: Api, body: BankEntryPairBody) -> str | None:
    """The id of the invoice. Raises `Rejection` for an account or an invoice of it that there is not."""
    if await api.db.fetchval("select 1 from payer_row where account_id = $1", body.account_id) is None:
        raise absent("account", body.account_id, pointer="/account_id")
    if body.invoice_id is None:
        return None
    rows = await api.db.fetch(_INVOICE, body.account_id, body.invoice_id)
    if not rows:
        raise absent("invoice", body.invoice_id, pointer="/invoice_id")
    exact = [row["invoice_id"] for row in rows if row["invoice_id"] == body.invoice_id]
    return str(exact[0] if exact else rows[0]["invoice_id"])
