"""How an account gets its documents: said by people, and by a webhook that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.delivery.messages import (
    ChangeDeliveryPreferences,
    DeliveryPreferencesChanged,
    WebhookDisabled,
)
from services.invoicing.delivery.state import Preferences, preferences_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_preferences(command: ChangeDeliveryPreferences, view: View, context: Context) -> Sequence[Event]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    return [same_fields(DeliveryPreferencesChanged, command, version=profile.version + 1)]


def evolve_preferences(
    event: DeliveryPreferencesChanged | WebhookDisabled, envelope: Envelope, view: View
) -> Iterable[State]:
    match event:
        case DeliveryPreferencesChanged():
            yield Preferences(account_id=event.account_id, preferences=event.preferences)
        case WebhookDisabled():
            yield msgspec.structs.replace(preferences_of(view, event.account_id), webhook_gone=True)
