"""Which events may have a record of a resource: never a wrong no, seldom a wrong yes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.usage.quarantine.resource_filter import filter_of, may_have
from services.usage.reassignment.state import Asked

NAMES = st.text(min_size=1, max_size=30)


@given(st.sets(NAMES, max_size=60))
def test_what_is_in_an_event_is_never_passed_over(names: set[str]) -> None:
    kept = filter_of(names)
    assert all(may_have(kept, name) for name in names)


def test_an_event_of_a_thousand_lines_is_looked_into_in_vain_one_time_in_twenty() -> None:
    kept = filter_of({f"mac:00:1b:44:11:{n >> 8:02x}:{n & 255:02x}" for n in range(1000)})
    found = sum(may_have(kept, f"ip:10.{n >> 8}.3.{n & 255}") for n in range(10_000))
    assert (len(kept), found < 600) == (1024, True)
    assert not any(may_have(filter_of(set()), name) for name in ("a", "b"))


@given(NAMES, st.integers(0, 2**40), st.none() | st.integers(0, 2**60))
def test_what_is_asked_for_is_read_from_its_name(resource: str, since: int, until: int | None) -> None:
    asked = Asked((1842, 17), since, until, resource)
    assert Asked.of(asked.name) == asked
