"""By which legal entity an account is billed; by the operator until somebody says so.

PATCH {"legal_entity": "nl"}  ->  LegalEntityAssigned(legal_entity="nl")
PATCH {"legal_entity": null}  ->  LegalEntityAssigned(legal_entity=None): by the operator again

What is locked stays its seller's, and what corrects it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.messages import AssignLegalEntity, LegalEntityAssigned
from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.legal_entity.state import legal_entity_of, no_entity
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent


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
