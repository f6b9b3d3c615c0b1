"""Refusals that a decider and the owner of a key word alike."""

from __future__ import annotations

from shared.kernel.errors import Rejection


def subscription_exists(subscription_id: str) -> Rejection:
    return Rejection(
        "subscription_exists", f"{subscription_id} exists already; choose another id", pointer="/id", status=409
    )
