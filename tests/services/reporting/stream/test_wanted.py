"""What a watcher is told who is held to legal entities, whatever was asked for."""

from __future__ import annotations

import pytest

from services.reporting.stream.wanted import Frame, Wanted


@pytest.mark.parametrize(
    ("held", "account", "entity", "told"),
    [
        (None, None, None, True),
        (["nl"], "acc-1", "nl", True),
        (["nl"], "acc-2", "de", False),
        (["nl"], "acc-3", None, False),
        (["nl"], None, None, False),
        (["operator"], "acc-3", None, True),
        (["operator"], "acc-1", "nl", False),
        ([], "acc-1", "nl", False),
    ],
)
def test_whoever_is_held_is_told_what_happens_to_accounts_of_theirs(
    held: list[str] | None, account: str | None, entity: str | None, told: bool
) -> None:
    entities = None if held is None else frozenset(held)
    for asked in ([], [account] if account else []):
        wanted = Wanted.of([], asked, role="billing", entities=entities)
        assert wanted.admits(Frame("rating.AccountOpened.v1", account, b"", entity)) is told
