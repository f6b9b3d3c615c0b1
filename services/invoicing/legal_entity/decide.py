"""Legal entities: each defined once, changed by version, deleted while nobody is billed by it and it issued nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.invoicing.invoice.printed import Seller
from services.invoicing.legal_entity.messages import (
    ChangeLegalEntity,
    DefineLegalEntity,
    DeleteLegalEntity,
    LegalEntityChanged,
    LegalEntityDefined,
    LegalEntityDeleted,
)
from services.invoicing.legal_entity.state import LegalEntity, LegalEntityUse, no_entity
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.same_fields import same_fields

EntityCommand = DefineLegalEntity | ChangeLegalEntity | DeleteLegalEntity
EntityEvent = LegalEntityDefined | LegalEntityChanged | LegalEntityDeleted


def decide_entity(command: EntityCommand, view: View, context: Context) -> Sequence[EntityEvent]:
    known = view.get(LegalEntity, command.legal_entity_id)
    if isinstance(command, DefineLegalEntity):
        if known is not None and not known.deleted:
            detail = f"{command.legal_entity_id} exists already; choose another id, or change it"
            raise Rejection("legal_entity_exists", detail, pointer="/id", status=409)
        _check(command.seller)
        return [same_fields(LegalEntityDefined, command)]
    if known is None or known.deleted:
        raise no_entity(command.legal_entity_id)
    context.check_version(known.version)
    match command:
        case ChangeLegalEntity():
            _check(command.seller)
            if (command.seller, command.tax, command.series) == (known.seller, known.tax, known.series):
                return []
            return [same_fields(LegalEntityChanged, command, version=known.version + 1)]
        case DeleteLegalEntity():
            if (use := view.get(LegalEntityUse, command.legal_entity_id)) is not None:
                raise in_use(use)
            return [same_fields(LegalEntityDeleted, command)]
        case _:
            assert_never(command)


def evolve_entity(event: EntityEvent, envelope: Envelope, view: View) -> Iterable[State]:
    match event:
        case LegalEntityDefined():
            yield same_fields(LegalEntity, event)
        case LegalEntityChanged():
            yield same_fields(LegalEntity, event)
        case LegalEntityDeleted():
            known = view.get(LegalEntity, event.legal_entity_id)
            if known is None:
                raise NeverBegan(f"legal entity {event.legal_entity_id} was never defined")
            yield msgspec.structs.replace(known, deleted=True)


def in_use(use: LegalEntityUse) -> Rejection:
    """The refusal that says who is billed by the entity, and what it has issued."""
    why = []
    if use.accounts:
        more = "" if use.accounts <= len(use.examples) else ", …"
        why.append(f"bills {use.accounts} accounts ({', '.join(use.examples)}{more}); give them another one first")
    if use.documents:
        why.append(f"has issued {use.documents} documents, whose credit notes are its own; it stays")
    detail = f"{use.legal_entity_id} can't be deleted: it {', and it '.join(why)}"
    return Rejection("legal_entity_in_use", detail, status=409)


def _check(seller: Seller) -> None:
    if not seller.country:
        raise Rejection("required", "give the country that the entity is established in", pointer="/country")
