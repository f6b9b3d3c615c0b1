"""The legal entity of an account is noted as it is told. Pure.

NoteAccountEntity("nl")     AccountEntityNoted
"""

from __future__ import annotations

from collections.abc import Sequence

from services.rating.account_entity.messages import AccountEntityNoted, NoteAccountEntity
from shared.kernel.decider import Context, View
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_noted(command: NoteAccountEntity, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(AccountEntityNoted, command)]
