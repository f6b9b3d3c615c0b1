"""One account is invoiced now, outside of any run.

InvoiceAccount(account_id="acc-1", demand_id="d-1")  -> InvoiceLocked of each complete draft, with `demand_id`
"""

from __future__ import annotations

from services.invoicing.invoice.messages import Seller
from shared.kernel.message import Command


class InvoiceAccount(Command, frozen=True, kw_only=True):
    """Finalise every complete draft of the account, also one that a run has deferred; `seller` issues them.

    `demand_id` is what the invoices are found by. Refused where there is none to issue: `account_not_found`,
    `period_open`, `nothing_to_bill`, `nothing_to_invoice` of a closed account, or what stops the drafts that wait
    (`draft_disagrees`, `negative_total`, `tax_rate_missing`, `approval_required`, …).
    """

    account_id: str
    demand_id: str
    seller: Seller | None = None
