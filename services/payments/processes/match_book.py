"""What matching has to know of the movements of one page, in a few queries: invoices by what is written and by what is
open of them, accounts by the bank accounts they pay from, and the names of those that owe such an amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import asyncpg

from services.payments.bank_statement.matching import Asked, Book, Movement, Owed
from services.payments.bank_statement.references import digit_key
from shared.engine.postgres import Pool
from shared.http.vault import NotSealed, Vault
from shared.kernel.sealed import Sealed

_BY_DIGITS: Final = """
select invoice_id, number, account_id, currency, open from receivable_row
 where ltrim(regexp_replace(number, '[^0-9]', '', 'g'), '0') = any($1::text[]) and not withdrawn
"""
_PAYERS: Final = """
select distinct payer, account_id from bank_entry_row
 where payer = any($1::text[]) and payer <> '' and status = 'booked' and account_id is not null
"""
_ACCOUNTS: Final = "select account_id from payer_row where account_id = any($1::text[])"
_BY_ACCOUNT: Final = """
select invoice_id, number, account_id, currency, open from receivable_row
 where account_id = any($1::text[]) and open > 0
"""
_TOP_UPS: Final = (
    "select statement_key, currency, account_id from top_up_link_row where statement_key = any($1::text[])"
)
_BY_AMOUNT: Final = """
select r.invoice_id, r.number, r.account_id, r.currency, r.open, n.name
  from receivable_row r join payer_name_row n using (partition, account_id)
 where r.open = any($1::numeric[]) and r.open > 0
 limit 2000
"""
"""As a last resort. An amount that thousands owe says nothing about who pays it."""


async def book_of(pool: Pool, vault: Vault, movements: Sequence[Movement], asked: Asked) -> Book:
    by_digits: dict[str, list[Owed]] = defaultdict(list)
    for owed in _owed(await pool.fetch(_BY_DIGITS, list(asked.digits))):
        by_digits[digit_key(owed.number)].append(owed)
    by_payer: dict[str, list[str]] = defaultdict(list)
    for row in await pool.fetch(_PAYERS, list(asked.payers)) if asked.payers else ():
        by_payer[row["payer"]].append(row["account_id"])
    accounts = frozenset(row["account_id"] for row in await pool.fetch(_ACCOUNTS, list(asked.accounts)))
    by_account: dict[str, list[Owed]] = defaultdict(list)
    whose = accounts.union(*by_payer.values())
    for owed in _owed(await pool.fetch(_BY_ACCOUNT, list(whose))) if whose else ():
        by_account[owed.account_id].append(owed)
    by_amount, names = await _by_amount(pool, vault, movements, by_digits, by_payer)
    return Book(by_digits, by_account, by_payer, accounts, by_amount, names, await _top_ups(pool, movements))


async def _top_ups(pool: Pool, movements: Iterable[Movement]) -> dict[tuple[str, str], str]:
    keys = [one.reference_key for one in movements if one.reference_key]
    rows = await pool.fetch(_TOP_UPS, keys) if keys else []
    return {(row["statement_key"], row["currency"]): row["account_id"] for row in rows}


async def _by_amount(
    pool: Pool,
    vault: Vault,
    movements: Iterable[Movement],
    by_digits: dict[str, list[Owed]],
    by_payer: dict[str, list[str]],
) -> tuple[dict[tuple[str, Decimal], list[Owed]], dict[str, str]]:
    """Only for movements that nothing else leads anywhere: names have to be opened to be compared."""
    amounts = {
        one.amount
        for one in movements
        if one.name and one.payer not in by_payer and not any(digits in one.text for digits in by_digits)
    }
    rows = await pool.fetch(_BY_AMOUNT, list(amounts)) if amounts else []
    by_amount: dict[tuple[str, Decimal], list[Owed]] = defaultdict(list)
    sealed = {row["account_id"]: Sealed(row["name"]) for row in rows}
    for row, owed in zip(rows, _owed(rows), strict=True):
        by_amount[row["currency"], row["open"]].append(owed)
    return by_amount, dict(zip(sealed, await _opened(vault, list(sealed.values())), strict=True))


async def _opened(vault: Vault, names: list[Sealed]) -> list[str]:
    """A name that can't be opened is not known: nobody is matched by it, and the others are."""
    try:
        return await vault.open_all(names)
    except NotSealed:
        return [await _opened_or_nothing(vault, name) for name in names]


async def _opened_or_nothing(vault: Vault, name: Sealed) -> str:
    try:
        return await vault.open(name)
    except NotSealed:
        return ""


def _owed(rows: Iterable[asyncpg.Record]) -> list[Owed]:
    return [Owed(row["invoice_id"], row["number"], row["account_id"], row["currency"], row["open"]) for row in rows]
