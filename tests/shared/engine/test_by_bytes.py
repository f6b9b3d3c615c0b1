"""What is worked on together has a limit in bytes, and nothing is left out or turned around."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from shared.engine.by_bytes import by_bytes


@dataclass(frozen=True)
class Message:
    value: bytes | None


@pytest.mark.parametrize(
    ("sizes", "runs"),
    [
        ([],                 []),
        ([0, 0],             [[0, 0]]),
        ([4, 4, 4],          [[4, 4, 4]]),
        ([4, 6, 1],          [[4, 6], [1]]),
        ([25, 1, 9, 3],      [[25], [1, 9], [3]]),
        ([10, 10],           [[10], [10]]),
    ],
)  # fmt: skip
def test_a_run_is_full_with_the_record_that_reaches_the_limit(sizes: list[int], runs: list[list[int]]) -> None:
    messages = [Message(b"x" * size) for size in sizes]
    found = list(by_bytes(messages, limit=10))
    assert [[len(message.value or b"") for message in run] for run, _ in found] == runs
    assert [size for _, size in found] == [sum(run) for run in runs]
    assert [message for run, _ in found for message in run] == messages


def test_a_message_without_a_value_counts_nothing() -> None:
    assert [size for _, size in by_bytes([Message(None)] * 3, limit=1)] == [0]
