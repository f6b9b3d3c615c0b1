"""The refusals of money that is recorded already (R52), as the account's partition and the owner of a key word them."""

from __future__ import annotations

from shared.kernel.errors import Rejection


def payment_exists(payment_id: str) -> Rejection:
    return Rejection("payment_exists", f"there is a payment {payment_id}", pointer="/id", status=409)


def duplicate_external_key(external_key: str, payment_id: str) -> Rejection:
    return Rejection(
        "duplicate_external_key",
        f"{external_key!r} was recorded as payment {payment_id}",
        pointer="/external_key",
        status=409,
    )
