"""The late-fee policies there are, and who has them."""

from __future__ import annotations

from typing import ClassVar

from services.invoicing.late_fee_policy.messages import LateFeeTerms, PolicyInForce
from shared.kernel.decider import Home, State


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
