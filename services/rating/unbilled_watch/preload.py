"""Which states a look will ask for; what pricing asks beyond them is loaded when it does."""

from __future__ import annotations

from collections.abc import Iterator

from services.rating.account.state import Account
from services.rating.unbilled_watch.messages import LookAtUnbilled, WatchMember, WatchUnbilled
from services.rating.unbilled_watch.state import ALL, UnbilledWatch, UnbilledWatching
from services.usage.record.messages import GuidedUsage
from services.usage.session.messages import SessionsGuided
from shared.kernel.decider import Asked, State


def preload(message: LookAtUnbilled | WatchUnbilled | WatchMember) -> Iterator[tuple[type[State], str]]:
    yield Account, message.account_id
    yield UnbilledWatch, message.account_id
    yield UnbilledWatching, ALL


def preload_guided(message: GuidedUsage) -> Iterator[tuple[type[State], str]]:
    yield UnbilledWatching, ALL


def preload_sessions(message: SessionsGuided) -> Iterator[Asked]:
    yield UnbilledWatching, ALL
    yield Account, {mark.account for mark in message.marks}
