"""The dunning policies there are, each version of them, and who has them."""

from __future__ import annotations

from typing import ClassVar, Final

from services.payments.dunning_policy.messages import DunningTerms
from shared.kernel.decider import Home, State, View
from shared.kernel.errors import Rejection

DEFAULT: Final = "default"


class DunningPolicy(State, frozen=True, kw_only=True):
    """A policy in its newest version; one that was deleted is kept, so that its versions go on counting."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "policy_id"

    policy_id: str
    terms: DunningTerms
    version: int = 1
    deleted: bool = False


class DunningPolicyVersion(State, frozen=True, kw_only=True):
    """What a version says, for ever: the cases that opened by it go on by it."""

    HOME: ClassVar[Home] = Home.REFERENCE

    policy_id: str
    version: int
    terms: DunningTerms

    @property
    def key(self) -> str:
        return version_key(self.policy_id, self.version)


class DunningDefault(State, frozen=True, kw_only=True):
    """The policy of all accounts that have none of their own."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "setting"

    policy_id: str
    setting: str = DEFAULT


class DunningPolicyUse(State, frozen=True, kw_only=True):
    """How many accounts of all partitions have a policy of their own choice, and some of them. None is no state."""

    KEY_FIELD: ClassVar[str] = "policy_id"
    STORED: ClassVar[bool] = False

    policy_id: str
    accounts: int
    examples: tuple[str, ...]


def version_key(policy_id: str, version: int) -> str:
    return f"{policy_id}/{version}"


def policy_there(policy_id: str | None, view: View) -> DunningPolicy | None:
    """A policy that is not deleted."""
    policy = None if policy_id is None else view.get(DunningPolicy, policy_id)
    return None if policy is None or policy.deleted else policy


def no_policy(policy_id: str, *, pointer: str | None = None) -> Rejection:
    """There is no such policy: 404, or 422 for one that a body names."""
    detail = f"there is no dunning policy {policy_id!r}; GET /v1/dunning/policies lists those there are"
    return Rejection("dunning_policy_not_found", detail, pointer=pointer, status=404 if pointer is None else 422)
