"""Sums by columns: the same sums, in full, however they are asked for and whatever version they come in."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from services.rating.events import EVENTS
from services.rating.rated_usage.messages import RatedSum, RatedSums, UsageRated, UsageRatedV1
from shared.kernel.message import encode

SEPTEMBER = date(2026, 9, 1)
FIFTH, SIXTH = date(2026, 9, 5), date(2026, 9, 6)
SUMS = [
    RatedSum("acc-1", "sub-1", "data.octets", "fiber", 1, SEPTEMBER, FIFTH, 3_000_000, [3, 5]),
    RatedSum("acc-2", "sub-2", "data.octets", "fiber", 2, SEPTEMBER, FIFTH, 10**30, [8]),
    # Measured over time, it reaches into a period without a record of its own.
    RatedSum("acc-1", "sub-1", "voice.seconds", "fiber", 1, SEPTEMBER, SIXTH, 0, []),
    RatedSum("acc-1", "sub-3", "data.octets", "home", 1, SEPTEMBER, SIXTH, 7, [0, 1, 2]),
]


@pytest.mark.parametrize("count", range(len(SUMS) + 1))
def test_sums_are_what_they_were_made_of(count: int) -> None:
    sums = RatedSums.of(SUMS[:count])
    read = EVENTS.decode("rating.UsageRated.v2", encode(UsageRated(source=2, n=1, usage_seq=7, sums=sums)))
    assert isinstance(read, UsageRated) and [*read.sums] == SUMS[:count] == [*sums]
    assert read.sums.accounts == {one.account for one in SUMS[:count]}


def test_the_earlier_version_is_read_as_this_one() -> None:
    earlier = UsageRatedV1(source=2, n=1, usage_seq=7, sums=SUMS, not_billable=[(9, "no_price", "acc-1")])
    read = EVENTS.decode("rating.UsageRated.v1", encode(earlier))
    expected = UsageRated(source=2, n=1, usage_seq=7, sums=RatedSums.of(SUMS), not_billable=[(9, "no_price", "acc-1")])
    assert read == expected


def test_columns_of_different_length_are_refused() -> None:
    written = msgspec.json.decode(encode(UsageRated(source=2, n=1, usage_seq=7, sums=RatedSums.of(SUMS))))
    for place in (6, 7, 8):
        broken = [*written["sums"]]
        broken[place] = broken[place][:-1]
        with pytest.raises(msgspec.ValidationError):
            EVENTS.decode("rating.UsageRated.v2", msgspec.json.encode({**written, "sums": broken}))
