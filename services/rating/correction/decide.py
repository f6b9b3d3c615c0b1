"""Corrections wait for the close that charges them. What adds them is decided where they come from (rerating/)."""

from __future__ import annotations

from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrection, PendingCorrections
from services.rating.period.messages import ChargeFixed
from shared.kernel.decider import Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def evolve_correction(event: CorrectionAdded | ChargeFixed, envelope: Envelope, view: View) -> list[State | Gone]:
    if isinstance(event, ChargeFixed) and event.cause is None:
        return []
    found = view.get(PendingCorrections, event.account_id)
    pending = found.corrections if found else ()
    if isinstance(event, CorrectionAdded):
        added = same_fields(PendingCorrection, event)
        return [PendingCorrections(account_id=event.account_id, corrections=(*pending, added))]
    left = tuple(correction for correction in pending if correction.charge_id != event.charge_id)
    if left:
        return [PendingCorrections(account_id=event.account_id, corrections=left)]
    return [Gone(PendingCorrections, event.account_id)] if pending else []
