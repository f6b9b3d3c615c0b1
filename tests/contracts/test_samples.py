"""Saved payloads of every event version: what is in the log stays readable for ever.

`samples/<type>.json` shows every field there is; `samples/least/<type>.json` has only what was required when the type
was first published. Neither is edited once a release has carried it: a sample that no longer passes is an event in
somebody's log that can't be read any more.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from shared.kernel import wire
from shared.kernel.message import encode
from tests.contracts.catalogues import CATALOGUES, LEAST, SAMPLES

TYPES = sorted(CATALOGUES)
OLDER = [name for name in TYPES if "upcast" in vars(CATALOGUES[name][name])]


def test_every_event_has_its_samples_and_no_sample_is_left_without_its_event() -> None:
    for folder in (SAMPLES, LEAST):
        assert sorted(file.stem for file in folder.glob("*.json")) == TYPES


@pytest.mark.parametrize("name", TYPES)
def test_a_saved_event_is_read_and_written_again_to_the_same_bytes(name: str) -> None:
    saved = (SAMPLES / f"{name}.json").read_bytes().strip()
    assert encode(_as_it_was(name, saved)) == saved


@pytest.mark.parametrize("name", OLDER)
def test_an_older_version_is_read_as_the_newest_in_full_and_with_only_what_was_required(name: str) -> None:
    event, version = name.rsplit(".v", 1)
    newest = max(int(other.rsplit(".v", 1)[1]) for other in TYPES if other.rsplit(".v", 1)[0] == event)
    for folder in (SAMPLES, LEAST):
        read = CATALOGUES[name].decode(name, (folder / f"{name}.json").read_bytes())
        assert CATALOGUES[name].name_of(read) == f"{event}.v{newest}" and newest > int(version)
        assert CATALOGUES[name].decode(f"{event}.v{newest}", encode(read)) == read


@pytest.mark.parametrize("name", TYPES)
def test_a_sample_shows_every_field(name: str) -> None:
    shown = json.loads((SAMPLES / f"{name}.json").read_bytes())
    assert list(shown) == [field.encode_name for field in msgspec.structs.fields(CATALOGUES[name][name])]


@pytest.mark.parametrize("name", TYPES)
def test_an_event_with_only_what_was_required_at_first_is_read_and_nothing_of_it_lost(name: str) -> None:
    saved = (LEAST / f"{name}.json").read_bytes()
    again = json.loads(encode(_as_it_was(name, saved)))
    assert _holds(again, json.loads(saved))


@pytest.mark.parametrize("name", TYPES)
def test_an_older_reader_survives_a_newer_writer(name: str) -> None:
    newer = {**json.loads((SAMPLES / f"{name}.json").read_bytes()), "added_later": {"x": 1}}
    CATALOGUES[name].decode(name, json.dumps(newer).encode())


def _as_it_was(name: str, saved: bytes) -> Any:
    """The event in the version that it was written in."""
    return wire.read(CATALOGUES[name][name], saved)


def _holds(found: Any, saved: Any) -> bool:
    """Whether everything in `saved` stands in `found`, which may have more."""
    match saved:
        case dict():
            return isinstance(found, dict) and all(
                key in found and _holds(found[key], value) for key, value in saved.items()
            )
        case list():
            return isinstance(found, list) and all(_holds(*pair) for pair in zip(found, saved, strict=False))
        case _:
            return bool(found == saved)
