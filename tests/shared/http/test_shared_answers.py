"""Who asks again and again costs one answer in two seconds, and nobody gets another's."""

from __future__ import annotations

import asyncio

import pytest

from shared.http import shared_answers
from shared.http.shared_answers import SharedAnswers


async def test_readers_of_one_moment_share_an_answer_and_each_account_has_its_own() -> None:
    asked: list[str] = []

    async def work_out(account: str) -> str:
        asked.append(account)
        await asyncio.sleep(0)
        return account

    answers = SharedAnswers(work_out)
    found = await asyncio.gather(*(answers.of(account) for account in ("acc-1", "acc-2", "acc-1", "acc-1")))
    assert found == ["acc-1", "acc-2", "acc-1", "acc-1"]
    assert await answers.of("acc-1") == "acc-1" and sorted(asked) == ["acc-1", "acc-2"]


async def test_what_went_wrong_is_tried_again_and_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_answers, "KEPT_MAX", 1)
    asked: list[str] = []

    async def work_out(account: str) -> str:
        asked.append(account)
        if len(asked) == 1:
            raise ValueError("away")
        return account

    answers = SharedAnswers(work_out)
    with pytest.raises(ValueError, match="away"):
        await answers.of("acc-1")
    for account in ("acc-1", "acc-2", "acc-1"):
        assert await answers.of(account) == account
    assert asked == ["acc-1", "acc-1", "acc-2", "acc-1"]
