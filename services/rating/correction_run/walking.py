"""What a rerating and an outage have in common: accounts are walked page by page, first dry, then for good.

    begun       -> a walk in every partition, a dry run    -> PageWalked, page by page: what it would come to
    confirmed   -> the same walk, computed anew            -> CorrectionAdded × n, PageWalked

Each has messages, facts and amounts of its own; what is called how is its `RunKind`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

import msgspec

from services.rating.account.state import Account
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrection, PendingCorrections
from shared.kernel.decider import Context, State, View
from shared.kernel.errors import NeverBegan, Rejection, unknown_aggregate
from shared.kernel.message import Command, Event
from shared.kernel.same_fields import same_fields

ACCOUNTS_PER_PAGE: Final = 50
LINES_PER_PAGE: Final = 1_000
"""Charges of a page, so that it is decided in some tens of milliseconds and fits into one event."""


@dataclass(frozen=True, kw_only=True)
class RunKind:
    """A kind of run. `name` begins its tables; `amounts` are what it puts on the accounts, `code` refuses that twice.

    `amount` is the column of a result that says how much; of the `outcomes` the first one does. Pages count accounts,
    and what is `counted` besides. `again`: what to do where a run has been confirmed and is still wrong.
    """

    name: str
    code: str
    amounts: str
    amount: str
    outcomes: tuple[str, ...]
    counted: tuple[str, ...] = ()
    again: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}_id"

    def why_not_confirm(self, status: str, *, applied: bool) -> str | None:
        """Why the amounts cannot be put on the accounts now."""
        if applied:
            return f"its {self.amounts} are on the accounts{self.again}"
        return f"its {self.amounts} are still being computed" if status == "running" else None


class CorrectionRun(State, frozen=True, kw_only=True):
    """A run as it was asked for; `applied` once its amounts are put on the accounts."""

    KIND: ClassVar[RunKind]

    partitions: int
    applied: bool = False
    version: int = 1


class AccountFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an account was charged; a kind of run says of which time.

    `open_start` is where its open period began when this was read. `too_many`: it has more lines than a page takes.
    """

    account_id: str
    open_start: date | None
    too_many: bool = False


R = TypeVar("R", bound=CorrectionRun)
F = TypeVar("F", bound=AccountFacts)


class AccountPage(State, Generic[F], frozen=True, kw_only=True):
    """Some accounts of a partition; `last` when none follow. Read from tables for one batch (loading.py)."""

    KEY_FIELD = "question"
    STORED: ClassVar[bool] = False

    question: str
    accounts: list[F]
    last: bool


class PageQuestion(msgspec.Struct, frozen=True, array_like=True):
    """Which accounts a page is about: the key of an `AccountPage`, as JSON."""

    @property
    def key(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, key: str) -> Self:
        return msgspec.json.decode(key, type=cls)


def to_confirm(kind: type[R], run_id: str, view: View, context: Context) -> R:
    """The run that shall be put on the accounts. Raises `Rejection` where there is none, or it has been."""
    known = view.get(kind, run_id)
    if known is None:
        raise unknown_aggregate(kind.KIND.name, run_id)
    context.check_version(known.version)
    if known.applied:
        detail = f"the {kind.KIND.amounts} of {run_id} are on the accounts{kind.KIND.again}"
        raise Rejection(kind.KIND.code, detail, status=409)
    return known


def confirmed(kind: type[R], run_id: str, view: View) -> R:
    known = view.get(kind, run_id)
    if known is None:
        raise NeverBegan(f"{kind.KIND.name} {run_id} was confirmed and never began")
    return msgspec.structs.replace(known, applied=True, version=known.version + 1)


@dataclass
class Walk:
    """What a page of a run has come to so far."""

    context: Context
    found: list[Any] = field(default_factory=list)
    corrections: list[CorrectionAdded] = field(default_factory=list)

    def accounts(self, page: AccountPage[F] | None, view: View) -> Iterator[tuple[Account, F, str | None]]:
        """Each account of the page with its facts, and why nothing of it can be computed."""
        for facts in page.accounts if page else ():
            account = view.get(Account, facts.account_id)
            if account is None:
                raise NeverBegan(f"{facts.account_id} was charged and never opened")
            yield account, facts, _why_not(account, facts)

    def new_id(self, word: str) -> str:
        """The id of the next correction."""
        return self.context.new_id(word, len(self.corrections))

    def events(self, kind: type[Event], command: Any, page: AccountPage[Any] | None, **own: Any) -> Sequence[Event]:
        """The corrections, unless it is a dry run, and last what the page came to, which is a `kind`."""
        accounts = page.accounts if page else []
        walked = same_fields(
            kind,
            command,
            partition=self.context.partition,
            through=accounts[-1].account_id if accounts else command.after,
            last=page.last if page else True,
            accounts=len(accounts),
            found=self.found,
            **own,
        )
        return [*([] if command.dry_run else self.corrections), walked]


def pending(account: Account, view: View) -> Sequence[PendingCorrection]:
    """The corrections of an account that wait for its next close."""
    held = view.get(PendingCorrections, account.account_id)
    return held.corrections if held else ()


def _why_not(account: Account, facts: AccountFacts) -> str | None:
    if account.open_period is None or account.open_period.start != facts.open_start:
        return "period_closing"
    if account.close_due is None:
        return "account_closed"
    return "too_many_lines" if facts.too_many else None


def next_page(walk: type[Command], walked: Any) -> Command:
    """The walk of the page behind one that was walked."""
    return same_fields(walk, walked, page=walked.page + 1, after=walked.through)
