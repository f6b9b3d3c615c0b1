"""The drafts that wait, each with the tax that locking it today would fix (completing.py). Pure.

September   -> DraftsTold(drafts=[DraftSum(net=30.03, tax=6.01, total=36.04)], tax_rate="20")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.draft_sums.messages import DraftsTold, DraftSum, TellDrafts
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.state import Invoice
from shared.kernel.decider import Context, View
from shared.kernel.same_fields import same_fields


def decide(command: TellDrafts, view: View, context: Context) -> Sequence[DraftsTold]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        # It was opened a moment ago: nothing has been drafted for it.
        return [same_fields(DraftsTold, command)]
    drafts = [*_sums(profile, context, view)]
    told = same_fields(DraftsTold, profile, drafts=drafts, tax_rate=profile.tax.rate)
    return [told]


def _sums(profile: BillProfile, context: Context, view: View) -> Iterator[DraftSum]:
    for pending in profile.pending:
        draft = view.get(Invoice, pending.invoice_id)
        if draft is not None:
            sums = complete(draft.invoice_id, draft.period, draft.lines, profile, context, view, version=draft.version)
            assert sums.tax is not None and sums.total is not None
            yield same_fields(DraftSum, sums, tax=sums.tax, total=sums.total)
