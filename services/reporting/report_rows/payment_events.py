"""What became of payments: each success, failure, refund and chargeback, with the money that it moved."""

from __future__ import annotations

from typing import Final, get_args

from services.reporting.payment.by_day import Outcome
from services.reporting.report_rows.contract import BY_DAY, Column, Filter, KeptSums, RowList

_COUNTED: Final = "case when outcome in ('reversed', 'chargeback_reversed') then -amount else amount end as counted"
_DAYS: Final = f"""(
select day, currency, method, outcome, payments, amount as event_amount, moved, {_COUNTED}
  from payment_day) as payment_event"""

LIST: Final = RowList(
    name="payment-events",
    definition="What became of payments, each with the money that came in or (below zero) went out again.",
    columns=(
        Column("day", "date", "the day on which it counts"),
        Column("payment_id", "text", "the payment"),
        Column("account_id", "text", "the account"),
        Column("method", "text", "how it was paid"),
        Column("outcome", "text", "succeeded, declined, failed, refunded, charged_back, chargeback_reversed, reversed"),
        Column("currency", "text", "the currency"),
        Column("event_amount", "money", "the amount that was tried, refunded or taken back"),
        Column("moved", "money", "the money that came in or (below zero) went out"),
        Column("counted", "money", "the same, below zero where it takes another event back"),
    ),
    source=f"""(
select day, payment_id, account_id, method, outcome, currency, amount as event_amount, moved, {_COUNTED},
       format('%s/%s', lpad(partition::text, 4, '0'), lpad(seq::text, 18, '0')) as place
  from payment_event_row) as payment_event""",
    filters={
        **BY_DAY,
        "method": Filter("method"),
        "outcome": Filter("outcome", one_of=get_args(Outcome)),
        "account_id": Filter("account_id"),
    },
    sums=("moved", "event_amount", "counted"),
    kept=(KeptSums(_DAYS, "coalesce(sum(payments), 0)", frozenset({"from", "to", "currency", "method", "outcome"})),),
)
