"""What a provider sells, whatever it costs: internet, voice, television, a router. Plans say what one costs.

    DefineServiceOffering(service_id="internet", name="Internet", kind="internet", meters=["data.octets"])
    -> ServiceOfferingDefined
    ChangeServiceOffering(...)         -> ServiceOfferingChanged, all of it
    DeleteServiceOffering("internet")  -> ServiceOfferingDeleted, while no plan sells it

Reference data: it lives in partition 0.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message

Kind = Literal["internet", "voice", "tv", "iptv", "equipment", "hosting", "other"]


class ServiceTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of a service. `meters` are those that count its use; `tax_class` is that of its plans' prices.

    `code`: what the provider's own books call it.
    """

    name: str
    kind: Kind
    code: str | None = None
    meters: tuple[str, ...] = ()
    tax_class: str | None = None
    description: str | None = None


class OfService(Message, frozen=True, kw_only=True):
    """What is asked or said of a service of the catalogue."""

    KEY_FIELD = "service_id"
    REFERENCE: ClassVar[bool] = True

    service_id: str


class DefineServiceOffering(OfService, Command, frozen=True, kw_only=True):
    """Put a service into the catalogue. Refused: `service_exists`."""

    terms: ServiceTerms


class ChangeServiceOffering(OfService, Command, frozen=True, kw_only=True):
    """Say something else of a service. Published versions of plans keep the tax class that they were published with.

    Refused: `service_not_found`, `version_mismatch`.
    """

    terms: ServiceTerms


class DeleteServiceOffering(OfService, Command, frozen=True, kw_only=True):
    """Take a service out of the catalogue. Refused: `service_not_found`, `service_in_use`, `version_mismatch`."""


class ServiceOfferingDefined(OfService, Event, frozen=True, kw_only=True):
    """A service is in the catalogue, version 1 of it."""

    terms: ServiceTerms


class ServiceOfferingChanged(OfService, Event, frozen=True, kw_only=True):
    """This is said of the service from now on."""

    version: Count
    terms: ServiceTerms


class ServiceOfferingDeleted(OfService, Event, frozen=True, kw_only=True):
    """The service is no longer in the catalogue; its id may be given again."""
