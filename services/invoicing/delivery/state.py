"""What is known of the deliveries of a document, and of how an account wants them."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from services.invoicing.delivery.messages import Channel, DeliveryPreferences
from shared.kernel.decider import State, View
from shared.kernel.sealed import Sealed

Status = Literal["waiting", "sending", "sent", "bounced", "failed", "unknown", "cancelled"]
OPEN: frozenset[Status] = frozenset({"waiting", "sending"})


class Delivery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One intent. `attempts` counts those that were started; `claim` is of the process that started the last."""

    channel: Channel
    status: Status = "waiting"
    recipient: Sealed | None = None
    own: bool = False
    attempts: int = 0
    claim: str = ""


class Deliveries(State, frozen=True, kw_only=True):
    """All deliveries of a document, by their ids, in the order in which they were asked for."""

    KEY_FIELD: ClassVar[str] = "document_id"

    document_id: str
    account_id: str
    number: str
    by_id: dict[str, Delivery] = {}

    def open_by(self, channel: Channel) -> bool:
        return any(one.channel == channel and one.status in OPEN for one in self.by_id.values())


class Preferences(State, frozen=True, kw_only=True):
    """How an account gets its documents; `webhook_gone` once its webhook has said that it is no more."""

    account_id: str
    preferences: DeliveryPreferences
    webhook_gone: bool = False


def preferences_of(view: View, account_id: str) -> Preferences:
    """Those of an account of which nobody has said anything: by e-mail, and not by themselves."""
    return view.get(Preferences, account_id) or Preferences(account_id=account_id, preferences=DeliveryPreferences())
