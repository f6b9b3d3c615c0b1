"""The account that owes an invoice, for requests that name only the invoice."""

from __future__ import annotations

from shared.http.api import Api


async def account_owing(api: Api, invoice_id: str) -> str | None:
    """`None` where nothing was ever owed for it."""
    sql = "select account_id from receivable_row where invoice_id = $1"
    account_id: str | None = await api.db.fetchval(sql, invoice_id)
    return account_id
