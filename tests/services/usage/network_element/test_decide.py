"""Network elements: defined once, changed by version, and a secret that is not said again is kept."""

from __future__ import annotations

from services.usage.network_element.messages import (
    ChangeNetworkElement,
    DefineNetworkElement,
    DeleteNetworkElement,
    ElementTerms,
    NetworkElementChanged,
    NetworkElementDefined,
    NetworkElementDeleted,
)
from services.usage.network_element.state import NetworkElement
from shared.kernel.sealed import SealedSecret
from tests.services.usage.story import partition

TERMS = ElementTerms(driver="radius_coa", address="192.0.2.1")
SECRET = SealedSecret("v1.bmV0d29yay1lbGVtZW50OmJuZy0x.kQ")
DEFINE = DefineNetworkElement(element_id="bng-1", terms=TERMS, secret=SECRET)
DEFINED = NetworkElementDefined(element_id="bng-1", terms=TERMS, secret=SECRET)


def test_an_element_is_defined_once_changed_by_version_and_deleted() -> None:
    story = partition().when(DEFINE).then(DEFINED)
    story.when(DEFINE).then_refused("network_element_exists", pointer="/id")
    moved = ElementTerms(driver="radius_coa", address="192.0.2.2")
    change = ChangeNetworkElement(element_id="bng-1", terms=moved)
    story.when(change, expected_version=2).then_refused("version_mismatch")
    story.when(change, expected_version=1).then(NetworkElementChanged(element_id="bng-1", version=2, terms=moved))
    story.when(DeleteNetworkElement(element_id="bng-1")).then(NetworkElementDeleted(element_id="bng-1"))
    story.when(DeleteNetworkElement(element_id="bng-1")).then_refused("network_element_not_found")


def test_a_change_without_a_secret_keeps_the_one_it_has() -> None:
    moved = ElementTerms(driver="radius_coa", address="192.0.2.2")
    story = partition().given(DEFINED).when(ChangeNetworkElement(element_id="bng-1", terms=moved))
    assert story.get(NetworkElement, "bng-1") == NetworkElement(
        element_id="bng-1", terms=moved, secret=SECRET, version=2
    )


def test_a_change_that_changes_nothing_is_no_event() -> None:
    partition().given(DEFINED).when(ChangeNetworkElement(element_id="bng-1", terms=TERMS)).then_nothing()
