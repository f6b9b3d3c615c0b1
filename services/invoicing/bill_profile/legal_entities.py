"""By which legal entity an account is billed; by the operator until somebody says so.

PATCH {"legal_entity": "nl"}  ->  LegalEntityAssigned(legal_entity="nl")
PATCH {"legal_entity": null}  ->  LegalEntityAssigned(legal_entity=None): by the operator again

What is locked stays its seller's, and what corrects it too. The services above are told, so that whoever is held to
entities is shown their accounts there. An account may be opened for an entity; where there is none of that id it is the
operator's, and rating is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from services.invoicing.bill_profile.messages import AssignLegalEntity, LegalEntityAssigned
from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.legal_entity.state import legal_entity_of, no_entity
from services.rating.account.messages import AccountOpened
from services.rating.account_entity.messages import NoteAccountEntity as TellRating
from services.usage.account_entity.messages import NoteAccountEntity as TellUsage
from shared.kernel.decider import Context, Do, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent
from shared.kernel.same_fields import same_fields


def decide_legal_entity(command: AssignLegalEntity, view: View, context: Context) -> Sequence[LegalEntityAssigned]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    asked = command.legal_entity_id
    if asked == profile.legal_entity:
        return []
    if asked is not None:
        entity = legal_entity_of(asked, view)
        if entity is None or entity.deleted:
            raise no_entity(asked, pointer="/legal_entity")
    return [LegalEntityAssigned(account_id=command.account_id, version=profile.version + 1, legal_entity=asked)]


def evolve_legal_entity(event: LegalEntityAssigned, envelope: Envelope, view: View) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    yield msgspec.structs.replace(profile, legal_entity=event.legal_entity, version=event.version)


def react_assigned(event: LegalEntityAssigned, envelope: Envelope, view: View) -> Iterator[Send]:
    yield Send(same_fields(TellRating, event), to="rating")
    yield Send(same_fields(TellUsage, event), to="usage")


def entity_of_opened(event: AccountOpened, view: View) -> Iterator[Do | Send]:
    """What follows of the entity that an account was opened for, behind the opening of its profile."""
    if event.legal_entity is None:
        return
    entity = legal_entity_of(event.legal_entity, view)
    if entity is None or entity.deleted:
        yield Send(TellRating(account_id=event.account_id), to="rating")
    else:
        yield Do(AssignLegalEntity(account_id=event.account_id, legal_entity_id=event.legal_entity))
