"""The refusals of money that is recorded already (R52), as the account's partition and the owner of a key word them."""

from __future__ import annotations

from shared.kernel.errors import Rejection


def payment_exists(payment_id: str) -> Rejection:
    return exists_already("payment", payment_id, code="payment_exists")


def exists_already(kind: str, known_id: str, *, code: str) -> Rejection:
    """The id of a payment, a refund or the like was used before."""
    return Rejection(code, f"there is a {kind} {known_id}", pointer="/id", status=409)


def duplicate_external_key(external_key: str, holder: str) -> Rejection:
    """`holder` is the payment, refund or chargeback that has it."""
    return Rejection(
        "duplicate_external_key",
        f"{external_key!r} was recorded as {holder}",
        pointer="/external_key",
        status=409,
    )
