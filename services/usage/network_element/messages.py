"""Network elements: what is told how much a line may do, and how.

    DefineNetworkElement(element_id="bng-1", terms=ElementTerms(driver="radius_coa", address="192.0.2.1"), secret=…)
    -> NetworkElementDefined

The secret travels sealed, under a key of the element. Reference data: it lives in partition 0.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message
from shared.kernel.sealed import SealedSecret


class ElementTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`driver` is the way it is told, a file of `network/`; `address` where, in that driver's terms; `vendor` how rates
    are written there."""

    driver: str
    address: str
    vendor: str = "generic"


class OfElement(Message, frozen=True, kw_only=True):
    """What is asked or said of a network element."""

    KEY_FIELD = "element_id"
    REFERENCE: ClassVar[bool] = True

    element_id: str


class DefineNetworkElement(OfElement, Command, frozen=True, kw_only=True):
    """Make an element known. Refused: `network_element_exists`."""

    terms: ElementTerms
    secret: SealedSecret | None = None


class ChangeNetworkElement(OfElement, Command, frozen=True, kw_only=True):
    """Say something else of an element; without a secret it keeps the one it has.

    Refused: `network_element_not_found`, `version_mismatch`.
    """

    terms: ElementTerms
    secret: SealedSecret | None = None


class DeleteNetworkElement(OfElement, Command, frozen=True, kw_only=True):
    """Forget an element; what it was to be told waits. Refused: `network_element_not_found`, `version_mismatch`."""


class NetworkElementDefined(OfElement, Event, frozen=True, kw_only=True):
    """There is an element, version 1 of it."""

    terms: ElementTerms
    secret: SealedSecret | None = None


class NetworkElementChanged(OfElement, Event, frozen=True, kw_only=True):
    """The element is told so from now on; `secret` `None` leaves the one it had."""

    version: Count
    terms: ElementTerms
    secret: SealedSecret | None = None


class NetworkElementDeleted(OfElement, Event, frozen=True, kw_only=True):
    """The element is gone; its id may be given again."""
