"""The credits that were granted."""

from __future__ import annotations

from shared.kernel.decider import State


class KnownCredit(State, frozen=True, kw_only=True):
    """That a credit was granted to an account; what is left of it the payer's state says.

    `granted_for` is `voucher` where a voucher has brought it. `version` counts what happened to it, for `If-Match`.
    `invoice_id` is the invoice that it corrects.
    """

    KEY_FIELD = "credit_id"

    credit_id: str
    account_id: str
    granted_for: str = ""
    version: int = 1
    invoice_id: str | None = None
