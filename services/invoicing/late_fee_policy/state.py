"""The late-fee policies there are, and who has them."""

from __future__ import annotations

from typing import ClassVar

from services.invoicing.late_fee_policy.messages import LateFeeTerms, PolicyInForce
from shared.kernel.decider import Home, State, View
from shared.kernel.errors import Rejection


class LateFeePolicy(State, frozen=True, kw_only=True):
    """A policy in its newest version."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "policy_id"

    policy_id: str
    terms: LateFeeTerms
    version: int = 1

    @property
    def in_force(self) -> PolicyInForce:
        return PolicyInForce(policy_id=self.policy_id, version=self.version, terms=self.terms)


class LateFeePolicyUse(State, frozen=True, kw_only=True):
    """How many accounts of all partitions have a policy, and some of them. None is no state.

    Counted in the tables (rows.py): an account that is given the policy at the same moment may be missed. It then has a
    policy that is gone, by which nothing is asked for.
    """

    KEY_FIELD: ClassVar[str] = "policy_id"
    STORED: ClassVar[bool] = False

    policy_id: str
    accounts: int
    examples: tuple[str, ...]


def policy_in_force(policy_id: str | None, view: View) -> PolicyInForce | None:
    """The newest version of a policy; `None` where none is named, or it is gone."""
    policy = None if policy_id is None else view.get(LateFeePolicy, policy_id)
    return None if policy is None else policy.in_force


def no_policy(policy_id: str, *, pointer: str | None = None) -> Rejection:
    """There is no such policy: 404, or 422 for one that a body names."""
    detail = f"there is no late-fee policy {policy_id!r}; GET /v1/late-fee-policies lists those there are"
    return Rejection("late_fee_policy_not_found", detail, pointer=pointer, status=404 if pointer is None else 422)
