"""A wallet that becomes low fires the rule, and what came of the charge ends it: in place.

WalletBalanceLow                          -> FireAutomaticTopUp
CollectionSucceeded, CollectionFailed     -> EndAutomaticTopUp, where it is the rule's
"""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.automatic_top_up.messages import EndAutomaticTopUp, FireAutomaticTopUp
from services.payments.automatic_top_up.state import AutomaticTopUp
from services.payments.collection.messages import CollectionFailed, CollectionSucceeded
from services.payments.exposure.messages import WalletBalanceLow
from shared.kernel.decider import Do, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_low(event: WalletBalanceLow, envelope: Envelope, view: View) -> Iterator[Do]:
    """Told at a higher amount than the rule's own, the wallet is not low for the rule."""
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is not None and rule.enabled and event.available <= rule.terms.threshold:
        short = EXACT.subtract(rule.terms.threshold, event.available)
        yield Do(FireAutomaticTopUp(account_id=event.account_id, short=short))


def react_ended(event: CollectionSucceeded | CollectionFailed, envelope: Envelope, view: View) -> Iterator[Do]:
    rule = view.get(AutomaticTopUp, event.account_id)
    if rule is not None and rule.running == event.collection_id:
        succeeded = isinstance(event, CollectionSucceeded)
        yield Do(same_fields(EndAutomaticTopUp, event, top_up_id=event.collection_id, succeeded=succeeded))
