"""The cache of states: bounded, and never wrong about what it has been told."""

from __future__ import annotations

from services.usage.meter.state import Meter
from services.usage.resource.state import Resource
from shared.engine.cache import UNKNOWN, Cache


def resource(name: str) -> Resource:
    return Resource(resource_id=name)


def test_absent_is_something_else_than_unknown() -> None:
    cache = Cache(limit=10)
    cache.put(Resource, "a", None)
    assert cache.find(Resource, "a") is None
    assert cache.find(Resource, "b") is UNKNOWN
    assert cache.find(Meter, "a") is UNKNOWN
    assert cache.unknown(Resource, ["a", "b", "c"]) == ["b", "c"]


def test_what_is_loaded_for_a_batch_stays_until_its_end_however_much_it_is() -> None:
    cache = Cache(limit=10)
    for n in range(100):
        cache.put(Resource, str(n), resource(str(n)))
    assert cache.unknown(Resource, [str(n) for n in range(100)]) == []


def test_it_forgets_what_nobody_asked_for_and_keeps_what_was_used() -> None:
    cache = Cache(limit=10)
    cache.put(Resource, "used", resource("used"))
    for n in range(50):
        cache.put(Resource, str(n), resource(str(n)))
        assert cache.find(Resource, "used") == resource("used")
        cache.trim()
        assert len(cache) <= 12
    assert cache.find(Resource, "0") is UNKNOWN


def test_a_change_hides_what_an_older_generation_holds() -> None:
    cache = Cache(limit=2)
    cache.put_all(Resource, {"a": resource("a"), "b": resource("b")})
    cache.trim()
    cache.put(Resource, "a", None)
    assert cache.find(Resource, "a") is None
    cache.trim()
    assert cache.find(Resource, "a") is None
