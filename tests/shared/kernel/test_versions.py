"""Versions of an event: an old one in the log is read as the newest."""

from __future__ import annotations

from typing import ClassVar

import pytest

from shared.kernel.message import Event, catalogue, encode


class Opened(Event, frozen=True, kw_only=True):
    VERSION: ClassVar[int] = 3

    account_id: str
    terms_days: int
    currency: str


class OpenedV2(Event, frozen=True, kw_only=True):
    VERSION: ClassVar[int] = 2

    account_id: str
    terms_days: int

    def upcast(self) -> Opened:
        return Opened(account_id=self.account_id, terms_days=self.terms_days, currency="EUR")


class OpenedV1(Event, frozen=True, kw_only=True):
    account_id: str
    terms: int

    def upcast(self) -> OpenedV2:
        return OpenedV2(account_id=self.account_id, terms_days=self.terms)


EVENTS = catalogue("rating", Opened, OpenedV2, OpenedV1)


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("rating.Opened.v1", OpenedV1(account_id="a", terms=14)),
        ("rating.Opened.v2", OpenedV2(account_id="a", terms_days=14)),
        ("rating.Opened.v3", Opened(account_id="a", terms_days=14, currency="EUR")),
    ],
)
def test_every_version_is_read_as_the_newest(name: str, old: Event) -> None:
    assert EVENTS.name_of(old) == name
    assert EVENTS.decode(name, encode(old)) == Opened(account_id="a", terms_days=14, currency="EUR")


def test_each_version_has_a_type_of_its_own() -> None:
    assert list(EVENTS) == ["rating.Opened.v3", "rating.Opened.v2", "rating.Opened.v1"]
