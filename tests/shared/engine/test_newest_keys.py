"""Keys that are certainly new are asked of no table, and none that may be known is said to be new."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from shared.engine.newest_keys import NewestKeys, OrderedLoader


class Tables:
    """What is written, and what was asked of it."""

    def __init__(self, *keys: str) -> None:
        self.keys = set(keys)
        self.asked: list[str] = []

    async def load(self, connection: Any, partition: int, keys: Sequence[str]) -> Mapping[str, Any]:
        raise AssertionError("not here")

    async def highest(self, connection: Any, partition: int, prefixes: Sequence[str]) -> Mapping[str, str]:
        self.asked += prefixes
        found = {prefix: [key for key in self.keys if key.startswith(prefix)] for prefix in prefixes}
        return {prefix: max(keys) for prefix, keys in found.items() if keys}


def newest(tables: Tables, kept_max: int = 8) -> NewestKeys:
    return NewestKeys(OrderedLoader(tables.load, tables.highest, prefix_length=2), 0, kept_max=kept_max)


async def perhaps(keys: NewestKeys, *asked: str, unwritten: Sequence[Sequence[str]] = ()) -> set[str]:
    connection: Any = None
    return set(await keys.perhaps_known(connection, asked, lambda: unwritten))


async def test_what_lies_above_all_that_is_written_is_new_and_what_lies_below_is_asked_for() -> None:
    tables = Tables("01c", "01f", "02a")
    keys = newest(tables)
    assert await perhaps(keys, "01g", "01d", "02b", "03a") == {"01d"}
    assert await perhaps(keys, "01f", "02a") == {"01f", "02a"}
    assert sorted(tables.asked) == ["01", "02", "03"]


async def test_a_key_that_was_decided_is_asked_for_however_it_lies() -> None:
    keys = newest(Tables("01c"))
    await perhaps(keys, "01k")
    keys.add(["01k", "01e"])
    assert await perhaps(keys, "01e", "01f", "01k", "01z") == {"01e", "01k"}


async def test_what_is_decided_and_not_written_yet_counts_when_a_prefix_is_first_asked_for() -> None:
    keys = newest(Tables("01c"))
    keys.add(["01h"])
    assert await perhaps(keys, "01g", "01h", "01i", unwritten=[["01h"], ["02a"]]) == {"01g", "01h"}


async def test_of_a_generation_that_goes_the_highest_key_is_the_floor() -> None:
    keys = newest(Tables(), kept_max=4)
    await perhaps(keys, "01a")
    for pair in (("01b", "01d"), ("01f", "01h"), ("01j", "01l")):
        keys.add(pair)
    assert await perhaps(keys, "01c", "01e", "01g", "01k") == {"01c", "01e", "01g"}
    keys.add(("01n", "01p"))
    assert await perhaps(keys, "01c", "01e", "01g", "01i", "01k", "01m") == {"01c", "01e", "01g", "01i", "01k"}


@pytest.mark.parametrize("seed", range(40))
async def test_nothing_that_was_written_is_ever_said_to_be_new(seed: int) -> None:
    chance = random.Random(seed)
    tables = Tables(*(_key(chance, 0) for _ in range(20)))
    keys = newest(tables, kept_max=chance.choice([2, 10, 40]))
    waiting: list[list[str]] = []
    spared = 0
    for step in range(60):
        asked = list(dict.fromkeys(_key(chance, step) for _ in range(chance.randrange(1, 12))))
        asked += chance.sample(sorted(tables.keys), min(len(tables.keys), 2))
        found = await perhaps(keys, *asked, unwritten=waiting)
        known = tables.keys.union(*waiting)
        assert known.intersection(asked) <= found
        spared += len(set(asked)) - len(found)
        fresh = [key for key in dict.fromkeys(asked) if key not in known]
        keys.add(fresh)
        waiting.append(fresh)
        if len(waiting) > chance.randrange(3):
            tables.keys.update(waiting.pop(0))
    assert spared > 0


def _key(chance: random.Random, step: int) -> str:
    """Of one of two days, mostly later than those before."""
    return f"0{chance.randrange(2)}{max(0, step * 4 + chance.randrange(-20, 20)):04x}{chance.randrange(4)}"
