"""Accounts that are billed by a legal entity: of those of the operator there is nothing."""

from __future__ import annotations

from shared.kernel.decider import State


class PayerEntity(State, frozen=True, kw_only=True):
    KEY_FIELD = "account_id"

    account_id: str
    legal_entity: str
