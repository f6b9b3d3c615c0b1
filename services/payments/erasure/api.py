"""Erasing the personal data of an account that is closed.

POST /v1/accounts/acc-1/erasure {"reason": "asked", "preview": true}     what is erased, what stays until when and why
POST /v1/accounts/acc-1/erasure {"reason": "asked"}                      201; the keys are destroyed within a second
GET  /v1/accounts/acc-1/erasure                                          how far it is
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from services.payments.erasure.messages import ErasePersonalData, ErasureReason
from services.payments.erasure.retention import kept_until
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.problems import not_found
from shared.kernel.bodies import Body

WHO_ERASES: Final = ("admin",)


class ErasureBody(Body):
    """`despite_debts`: although money is owed by the account or to it. `preview` says what would be, and does
    nothing."""

    reason: ErasureReason
    despite_debts: bool = Field(default=False, strict=True)
    preview: bool = Field(default=False, strict=True)


class KeptData(BaseModel):
    """What stays, how many of it, up to which day (not included; null: for good), and why."""

    what: Literal["documents", "bookkeeping", "usage", "bank_statements"]
    count: int | None
    until: date | None
    why: str


class ErasedData(BaseModel):
    what: Literal["profile", "payment_methods", "delivery_addresses"]
    count: int | None


class ErasureBlocker(BaseModel):
    code: Literal["account_open", "account_owes"]
    detail: str
    can_be_overridden: bool


class ErasurePreview(BaseModel):
    account_id: str
    erases: list[ErasedData]
    keeps: list[KeptData]
    blockers: list[ErasureBlocker]


class ErasureShape(BaseModel):
    """`profile_destroyed_at`, `documents_destroyed_at`: since when nothing opens them; null while something does."""

    account_id: str
    status: Literal["none", "erasing", "documents_kept", "erased"]
    reason: ErasureReason | None
    asked_by: str | None
    erased_at: AwareDatetime | None
    documents_until: date | None
    profile_destroyed_at: AwareDatetime | None
    documents_destroyed_at: AwareDatetime | None


class ErasureAnswer(ErasureShape):
    preview: ErasurePreview | None = None


_PAYER: Final = """
select p.account_id, p.currency,
       (select count(*) from payment_method_row m where m.account_id = p.account_id) as methods,
       (select count(*) from receivable_row r where r.account_id = p.account_id)
         + (select count(*) from credit_note_row c where c.account_id = p.account_id) as documents,
       greatest((select max(r.issued_on) from receivable_row r where r.account_id = p.account_id),
                (select max(c.issued_on) from credit_note_row c where c.account_id = p.account_id)) as last_issued_on
  from payer_row p where p.account_id = $1
"""
_BALANCE: Final = """
select exists (select 1 from account_closing_row n where n.account_id = p.account_id and n.closed) as closed,
       exists (select 1 from receivable_row r
                where r.account_id = p.account_id and r.open > 0 and not r.withdrawn) as owes,
       exists (select 1 from payment_row m where m.account_id = p.account_id and m.unallocated > 0)
         or exists (select 1 from credit_note_row c where c.account_id = p.account_id and c.unallocated > 0)
         or exists (select 1 from granted_credit_row g where g.account_id = p.account_id and g.unallocated > 0) as has,
       (select count(*) from payment_row m
         where m.account_id = p.account_id and m.method = 'bank_transfer') as transfers
  from payer_row p where p.account_id = $1
"""
LAST_ISSUED: Final = """
select greatest((select max(issued_on) from receivable_row where account_id = $1),
                (select max(issued_on) from credit_note_row where account_id = $1))
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/erasure"
    who = [api.roles(*WHO_ERASES)]

    @routes.post(path, status_code=201, response_model=ErasureAnswer, dependencies=who)
    async def erase_personal_data(account_id: str, body: ErasureBody, request: Request) -> Response:
        """Erase what is known of the person. It can't be undone."""
        payer = await known_account(api, account_id, _PAYER)
        until = kept_until(payer["last_issued_on"], api.settings.document_retention_years)
        command = ErasePersonalData(
            account_id=account_id,
            reason=body.reason,
            documents_until=until,
            despite_debts=body.despite_debts,
        )
        if body.preview:
            shown = {**await _shape(api, account_id), "preview": await _preview(api, payer, until)}
            return Answer(shown, status_code=200)
        await api.command(request, command)
        return Answer({**await _shape(api, account_id), "preview": None}, status_code=201)

    @routes.get(path, response_model=ErasureShape, dependencies=[api.roles("admin", "billing", "support", "auditor")])
    async def read_erasure(account_id: str) -> Response:
        """Whether the account's personal data is erased; status `none` where nobody asked."""
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        return Answer(await _shape(api, account_id))

    return routes


async def _shape(api: Api, account_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from erasure_row where account_id = $1", account_id)
    names = ("reason", "asked_by", "erased_at", "documents_until", "profile_destroyed_at", "documents_destroyed_at")
    said = {name: None if row is None else row[name] for name in names}
    return {"account_id": account_id, "status": _status(row), **said}


def _status(row: asyncpg.Record | None) -> str:
    if row is None:
        return "none"
    if row["profile_destroyed_at"] is None:
        return "erasing"
    return "documents_kept" if row["documents_destroyed_at"] is None else "erased"


async def _preview(api: Api, payer: asyncpg.Record, until: date | None) -> dict[str, Any]:
    account_id = payer["account_id"]
    balance = await api.db.fetchrow(_BALANCE, account_id)
    if balance is None:
        raise not_found("account", account_id)
    blockers = []
    if not balance["closed"]:
        blockers.append(_blocker("account_open", "the account is open; close it first", False))
    if balance["owes"] or balance["has"]:
        said = "money is owed by the account" if balance["owes"] else "the account has credit"
        blockers.append(_blocker("account_owes", f"{said}; nobody can be written to about it any more", True))
    keeps: list[dict[str, Any]] = [
        {"what": "bookkeeping", "count": None, "until": None, "why": "amounts and days, which name nobody"},
        {"what": "usage", "count": None, "until": None, "why": "usage records name equipment, and what it called"},
    ]
    if payer["documents"]:
        why = f"documents are kept for {api.settings.document_retention_years} years from the end of their year"
        keeps.insert(0, {"what": "documents", "count": payer["documents"], "until": until, "why": why})
    if balance["transfers"]:
        why = "bank statements are documents of the operator, and name who paid"
        keeps.append({"what": "bank_statements", "count": balance["transfers"], "until": None, "why": why})
    return {
        "account_id": account_id,
        "erases": [
            {"what": "profile", "count": None},
            {"what": "payment_methods", "count": payer["methods"]},
            {"what": "delivery_addresses", "count": None},
        ],
        "keeps": keeps,
        "blockers": blockers,
    }


def _blocker(code: str, detail: str, can: bool) -> dict[str, Any]:
    return {"code": code, "detail": detail, "can_be_overridden": can}
