"""Sources are defined once and changed by version; an address belongs to one of them; a secret stays until replaced."""

from __future__ import annotations

from services.usage.source.messages import (
    ChangeSource,
    DefineSource,
    DeleteSource,
    SourceChanged,
    SourceDefined,
    SourceDeleted,
    SourceTerms,
)
from services.usage.source.state import Source, SourceAddress
from shared.kernel.sealed import SealedSecret
from tests.services.usage.story import partition

ONE = SourceTerms(addresses=["10.0.0.1/32"], secret=SealedSecret("v1.sealed"))
DEFINED = SourceDefined(source_id="bras-1", terms=ONE)


def test_a_source_is_defined_once() -> None:
    partition().when(DefineSource(source_id="bras-1", terms=ONE)).then(DEFINED)
    again = partition().given(DEFINED).when(DefineSource(source_id="bras-1", terms=ONE))
    again.then_refused("source_exists", pointer="/id")


def test_an_address_belongs_to_one_source_until_it_gives_it_up() -> None:
    taken = DefineSource(
        source_id="bras-2", terms=SourceTerms(addresses=["10.9.0.0/16", "10.0.0.1/32"], secret=SealedSecret("v1.x"))
    )
    partition().given(DEFINED).when(taken).then_refused("address_taken", pointer="/addresses/1")
    moved = SourceChanged(
        source_id="bras-1", version=2, terms=SourceTerms(addresses=["10.0.0.2/32"], secret=SealedSecret("v1.sealed"))
    )
    partition().given(DEFINED, moved).when(taken).then(SourceDefined(source_id="bras-2", terms=taken.terms))
    gone = SourceDeleted(source_id="bras-1")
    partition().given(DEFINED, gone).when(taken).then(SourceDefined(source_id="bras-2", terms=taken.terms))


def test_a_change_without_a_secret_keeps_it() -> None:
    change = ChangeSource(source_id="bras-1", terms=SourceTerms(addresses=["10.0.0.1/32"], line="mac"))
    kept = SourceTerms(addresses=["10.0.0.1/32"], line="mac", secret=SealedSecret("v1.sealed"))
    partition().given(DEFINED).when(change).then(SourceChanged(source_id="bras-1", version=2, terms=kept))


def test_what_changes_nothing_is_no_event_and_what_is_not_there_is_refused() -> None:
    partition().given(DEFINED).when(ChangeSource(source_id="bras-1", terms=ONE)).then_nothing()
    partition().when(DeleteSource(source_id="bras-1")).then_refused("source_not_found")
    deleted = partition().given(DEFINED).when(DeleteSource(source_id="bras-1"))
    deleted.then(SourceDeleted(source_id="bras-1"))
    assert deleted.get(Source, "bras-1") is None
    assert deleted.get(SourceAddress, "10.0.0.1/32") is None
