"""How the operator's bookkeeping is told of what happens here: its chart of accounts, and what was exported to it.

SetChartOfAccounts(effective_from=date(2026, 1, 1), terms=ChartTerms(name="SKR03", ...))   -> ChartOfAccountsSet
ExportJournal(export_id="je-1", month=date(2026, 10, 1), closes=True, cut={...})            -> JournalExported

Reference data, in partition 0. Entries themselves are a view of reporting (services/reporting/journal).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final, Literal

from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.message import Command, Event, Message
from shared.kernel.same_fields import same_fields

ONLY: Final = "bookkeeping"
"""There is one of them."""

# fmt: off
LedgerAccount = Literal[
    "receivables", "customer_credit", "bank", "deposits_held", "revenue", "late_fees", "deferred_revenue",
    "unbilled_revenue", "tax", "credits_given", "adjustments", "write_offs", "rounding", "vouchers_expired",
    "refunds_payable", "chargeback_fees",
]
# fmt: on
"""What the entries of the journal move amounts between; a chart says which number stands for each."""


class AccountRule(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """The number `number` stands for the ledger account `account`: for all of it, or where the posting is about what is
    named. `automatic`: bookkeeping computes tax by itself for that number, which an export must tell it not to do."""

    account: LedgerAccount
    number: str
    name: str = ""
    plan_id: str | None = None
    tax_class: str | None = None
    tax_category: str | None = None
    tax_rate: str | None = None
    method: str | None = None
    automatic: bool = False


class DatevTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Whose books these are in DATEV: numbers of consultant and client, the month in which their year begins, and how
    many digits accounts have."""

    consultant: Count
    client: Count
    year_begins_in: Count = 1
    account_length: Count = 4


class ChartTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """A whole chart. Of rules that fit a posting the one that names most of it counts: a plan before a tax class,
    before a rate of tax, before a category."""

    name: str
    rules: Sequence[AccountRule]
    datev: DatevTerms | None = None


NEUTRAL: Final = ChartTerms(
    name="Neutral",
    rules=[
        AccountRule(account="receivables", number="1100", name="Trade receivables"),
        AccountRule(account="unbilled_revenue", number="1150", name="Unbilled revenue"),
        AccountRule(account="bank", number="1200", name="Bank and payment providers"),
        AccountRule(account="bank", number="1000", name="Cash", method="cash"),
        AccountRule(account="customer_credit", number="2100", name="Credit of customers"),
        AccountRule(account="deposits_held", number="2150", name="Deposits of customers"),
        AccountRule(account="tax", number="2200", name="Tax payable"),
        AccountRule(account="deferred_revenue", number="2300", name="Deferred revenue"),
        AccountRule(account="revenue", number="4000", name="Revenue"),
        AccountRule(account="late_fees", number="4500", name="Late fees"),
        AccountRule(account="credits_given", number="4700", name="Credit given"),
        AccountRule(account="adjustments", number="4750", name="Adjustments"),
        AccountRule(account="rounding", number="6800", name="Rounding differences"),
        AccountRule(account="write_offs", number="6900", name="Bad debts"),
        AccountRule(account="vouchers_expired", number="4800", name="Vouchers that expired"),
        AccountRule(account="refunds_payable", number="2120", name="Refunds payable"),
        AccountRule(account="chargeback_fees", number="6850", name="Fees of chargebacks"),
    ],
)
"""The chart that holds before anybody has set one."""


class OfBookkeeping(Message, frozen=True, kw_only=True):
    """Whatever is said of it goes to partition 0."""

    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "bookkeeping_id"

    bookkeeping_id: str = ONLY


class SetChartOfAccounts(OfBookkeeping, Command, frozen=True, kw_only=True):
    """The chart from the day `effective_from` on, for entries that are booked then.

    Refused: `account_missing`, `account_named_twice`, `month_closed`, `too_many_charts`, `version_mismatch`.
    """

    effective_from: date
    terms: ChartTerms


class ExportJournal(OfBookkeeping, Command, frozen=True, kw_only=True):
    """Export what is booked up to the end of `month` (its first day) and was not exported before.

    `closes`: the month is done with; what is booked in it later goes into the next one. `cut`: of the logs `invoicing`
    and `payments` the next offset by partition, up to which events are in it.
    Refused: `month_not_over`, `month_closed`, `month_before_last`.
    """

    export_id: str
    month: date
    closes: bool
    cut: dict[str, list[Seq]]


class ChartOfAccountsSet(OfBookkeeping, Event, frozen=True, kw_only=True):
    """`version` counts the charts that were ever set; of two of the same day the later one counts."""

    VERSION: ClassVar[int] = 2

    effective_from: date
    terms: ChartTerms
    version: Count


# fmt: off
LedgerAccountV1 = Literal[
    "receivables", "customer_credit", "bank", "deposits_held", "revenue", "late_fees", "deferred_revenue",
    "unbilled_revenue", "tax", "credits_given", "adjustments", "write_offs", "rounding", "vouchers_expired",
]
# fmt: on


class AccountRuleV1(Checked, frozen=True, kw_only=True, omit_defaults=True):
    account: LedgerAccountV1
    number: str
    name: str = ""
    plan_id: str | None = None
    tax_class: str | None = None
    tax_category: str | None = None
    tax_rate: str | None = None
    method: str | None = None
    automatic: bool = False


class ChartTermsV1(Checked, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    rules: Sequence[AccountRuleV1]
    datev: DatevTerms | None = None


class ChartOfAccountsSetV1(OfBookkeeping, Event, frozen=True, kw_only=True):
    """Version 1: refunds were paid at once, and chargebacks had no fees. Accounts that a chart has no rule for keep
    their names."""

    effective_from: date
    terms: ChartTermsV1
    version: Count

    def upcast(self) -> ChartOfAccountsSet:
        rules = [same_fields(AccountRule, rule) for rule in self.terms.rules]
        return same_fields(ChartOfAccountsSet, self, terms=same_fields(ChartTerms, self.terms, rules=rules))


class JournalExported(OfBookkeeping, Event, frozen=True, kw_only=True):
    """Export `n`, which counts them, has what is booked up to the end of `month`, is behind no `cut`, and is in no
    export before. `opens_on` is the first day that was not closed before it: what is booked sooner it books then. It
    names accounts by the charts up to `chart_version`."""

    export_id: str
    n: Count
    month: date
    closes: bool
    cut: dict[str, list[Seq]]
    chart_version: Count
    opens_on: date | None = None
