"""What happened to single vouchers; of those nothing happened to there is no state, they are as their batch is."""

from __future__ import annotations

from typing import Literal

from shared.kernel.decider import State

OwnStatus = Literal["", "claimed", "redeemed", "void"]


class Voucher(State, frozen=True, kw_only=True):
    """`redemption_id` is whose claim it is, or was."""

    KEY_FIELD = "serial"

    serial: str
    status: OwnStatus
    redemption_id: str = ""
    account_id: str = ""


class CreditedVoucher(State, frozen=True, kw_only=True):
    """That an account has answered a claim: asked again, it does nothing."""

    KEY_FIELD = "redemption_id"

    redemption_id: str
