"""Postings of the journal, each from both sides: what an account was debited and credited."""

from __future__ import annotations

from typing import Final, get_args

from services.payments.bookkeeping.messages import LedgerAccount
from services.reporting.journal.postings import Kind
from services.reporting.report_rows.contract import BY_DAY, Column, Filter, KeptSums, RowList

_SHOWN: Final = "e.booked_on as day, e.entry_id, p.kind, e.account_id, p.document_id, p.number, p.plan_id, p.currency"
_FROM: Final = """
  from journal_entry e
  join journal_posting p on (p.partition, p.log, p.seq, p.booked_on) = (e.partition, e.log, e.seq, e.booked_on)"""

# Kept by month: figures lead to whole months, or to all up to the end of one.
_MONTHS: Final = """(
select month as day, kind, plan_id, account, currency, postings, debit, credit, credit - debit as net
  from journal_sum) as posting"""

LIST: Final = RowList(
    name="postings",
    definition="Postings of the journal from the side of each account.",
    columns=(
        Column("day", "date", "the day that it is booked on"),
        Column("entry_id", "text", "the entry"),
        Column("kind", "text", "what was booked"),
        Column("account_id", "text", "the customer's account"),
        Column("document_id", "text", "the document"),
        Column("number", "text", "its number"),
        Column("plan_id", "text", "the plan; empty for what has none"),
        Column("account", "text", "the account of the journal"),
        Column("currency", "text", "the currency"),
        Column("debit", "money", "what is debited"),
        Column("credit", "money", "what is credited"),
        Column("net", "money", "what the account gains as a liability or revenue", formula="credit - debit"),
    ),
    branches=(
        f"""
select {_SHOWN}, p.debit as account, p.amount as debit, 0::numeric as credit, -p.amount as net,
       format('%s/%s/d', e.entry_id, p.n) as place {_FROM}""",
        f"""
select {_SHOWN}, p.credit as account, 0::numeric as debit, p.amount as credit, p.amount as net,
       format('%s/%s/c', e.entry_id, p.n) as place {_FROM}""",
    ),
    filters={
        **BY_DAY,
        "account": Filter("account", one_of=get_args(LedgerAccount)),
        "kind": Filter("kind", one_of=get_args(Kind)),
        "not_kind": Filter(where="kind <> all(string_to_array({value}, ','))"),
        "plan_id": Filter("plan_id"),
    },
    sums=("net", "debit", "credit"),
    kept=(
        KeptSums(
            _MONTHS,
            "coalesce(sum(postings), 0)",
            frozenset({"from", "to", "currency", "account", "kind", "not_kind", "plan_id"}),
            by_month=True,
        ),
    ),
)
