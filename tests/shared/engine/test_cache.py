"""The cache of states: bounded, and never wrong about what it has been told."""

from __future__ import annotations

from services.usage.meter.state import Meter
from services.usage.resource.state import Resource
from shared.engine.cache import OBJECT_BYTES, UNKNOWN, Cache, keep_within


def resource(name: str) -> Resource:
    return Resource(resource_id=name)


def test_absent_is_something_else_than_unknown() -> None:
    cache = Cache()
    cache.put(Resource, "a", None)
    assert cache.find(Resource, "a") is None
    assert cache.find(Resource, "b") is UNKNOWN
    assert cache.find(Meter, "a") is UNKNOWN
    assert cache.unknown(Resource, ["a", "b", "c"]) == ["b", "c"]


def test_what_is_loaded_for_a_batch_stays_until_its_end_however_much_it_is() -> None:
    cache = Cache()
    for n in range(100):
        cache.put(Resource, str(n), resource(str(n)))
    assert cache.unknown(Resource, [str(n) for n in range(100)]) == []


def test_it_forgets_what_nobody_asked_for_and_keeps_what_was_used() -> None:
    cache = Cache()
    cache.put(Resource, "used", resource("used"))
    for n in range(50):
        cache.put(Resource, str(n), resource(str(n)))
        assert cache.find(Resource, "used") == resource("used")
        keep_within(10 * OBJECT_BYTES, [cache])
        assert len(cache) <= 12
    assert cache.find(Resource, "0") is UNKNOWN


def test_a_change_hides_what_an_older_generation_holds() -> None:
    cache = Cache()
    cache.put_all(Resource, {"a": resource("a"), "b": resource("b")})
    keep_within(2 * OBJECT_BYTES, [cache])
    cache.put(Resource, "a", None)
    assert cache.find(Resource, "a") is None
    keep_within(2 * OBJECT_BYTES, [cache])
    assert cache.find(Resource, "a") is None


def test_of_states_that_are_long_fewer_are_kept_than_of_short_ones() -> None:
    cache = Cache()
    cache.weigh(Resource, 2, 8 * OBJECT_BYTES)  # some of 4 are as long as 20 that say nothing
    for n in range(200):
        cache.put(Resource, str(n), resource(str(n)))
        keep_within(100 * OBJECT_BYTES, [cache])
        assert len(cache) <= 22
    assert cache.find(Resource, "199") == resource("199")


def test_many_are_found_at_once_and_those_that_are_not_known_are_named() -> None:
    cache = Cache()
    cache.put_all(Resource, {"a": resource("a"), "gone": None, "b": resource("b")})
    keep_within(2 * OBJECT_BYTES, [cache])
    cache.put(Resource, "c", resource("c"))
    found, missing = cache.find_many(Resource, ["a", "gone", "c", "d"])
    assert (found, missing) == ({"a": resource("a"), "c": resource("c")}, ["d"])


def test_many_are_found_at_once_and_those_not_known_are_named() -> None:
    cache = Cache()
    cache.put(Resource, "a", resource("a"))
    cache.put(Resource, "b", resource("b"))
    cache.put(Resource, "gone", None)
    assert cache.find_many(Resource, {"a", "b"}) == ({"a": resource("a"), "b": resource("b")}, [])
    assert cache.find_many(Resource, ["a", "gone", "c"]) == ({"a": resource("a")}, ["c"])


def test_a_limit_that_is_set_lower_holds_from_the_next_batch_on() -> None:
    cache = Cache()
    for n in range(40):
        cache.put(Resource, str(n), resource(str(n)))
    keep_within(100 * OBJECT_BYTES, [cache])
    assert len(cache) == 40
    for n in range(40, 50):
        keep_within(10 * OBJECT_BYTES, [cache])
        cache.put(Resource, str(n), resource(str(n)))
    assert cache.find(Resource, "0") is UNKNOWN
    assert len(cache) <= 20


def test_the_caches_of_a_partition_share_a_limit_and_the_one_in_use_may_take_it() -> None:
    own, foreign = Cache(), Cache()
    own.put(Meter, "used", None)
    for n in range(50):
        foreign.put(Resource, str(n), resource(str(n)))
        assert own.find(Meter, "used") is None
        keep_within(40 * OBJECT_BYTES, [own, foreign])
        assert len(own) + len(foreign) <= 42
    assert len(foreign) >= 19
