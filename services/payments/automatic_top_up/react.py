"""A wallet that becomes low fires the rule, and what came of the charge ends it: in place.

ExposureMoved, AutomaticTopUpSet          -> FireAutomaticTopUp
CollectionSucceeded, …Failed, …Stopped    -> EndAutomaticTopUp, where it is the rule's

The rule has a threshold of its own, so it goes by what is available and not by the account's alerts.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from services.payments.automatic_top_up.messages import AutomaticTopUpSet, EndAutomaticTopUp, FireAutomaticTopUp
from services.payments.automatic_top_up.state import AutomaticTopUp, is_low
from services.payments.collection.messages import CollectionFailed, CollectionStopped, CollectionSucceeded
from services.payments.exposure.messages import ExposureMoved
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_moved(event: ExposureMoved, envelope: Envelope, view: View) -> Iterator[Do]:
    """Once for each time that it becomes low: while it stays so, nothing follows."""
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is not None and rule.enabled and rule.fell:
        yield Do(FireAutomaticTopUp(account_id=event.account_id))


def react_set(event: AutomaticTopUpSet, envelope: Envelope, view: View) -> Iterator[Do]:
    """A wallet that is low when the rule is set will not become so."""
    if event.enabled and is_low(event.account_id, event.terms.threshold, view):
        yield Do(FireAutomaticTopUp(account_id=event.account_id))


def react_ended(
    event: CollectionSucceeded | CollectionFailed | CollectionStopped, envelope: Envelope, view: View
) -> Iterator[Do]:
    """One that was stopped is as one that failed softly."""
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is not None and rule.running == event.collection_id:
        succeeded = isinstance(event, CollectionSucceeded)
        ended = same_fields(EndAutomaticTopUp, event, top_up_id=event.collection_id, succeeded=succeeded)
        yield Do(replace(ended, code=event.reason) if isinstance(event, CollectionStopped) else ended)
