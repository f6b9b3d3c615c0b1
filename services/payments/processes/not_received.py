"""A call that may have been made, and that its gateway knows nothing of: whether it is made again.

within 23 hours, Stripe        "repeat"    the same key of idempotency: a first call that is found late is the answer
later                          "failed"    it knows of none after all that time, so nothing was moved
a gateway without such keys    "wait"      nobody knows; a webhook, the statement or a person tells
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from services.payments.gateways.contract import Answer, Gateway

Step = Literal["repeat", "failed", "wait"]


def next_step(gateway: Gateway, since: datetime, now: datetime) -> Step:
    """`since`: when the call was started, or soon after."""
    if gateway.repeatable is None:
        return "wait"
    return "repeat" if now - since < gateway.repeatable else "failed"


def not_received(step: Step) -> Answer:
    """What is told where nothing is called."""
    return Answer(outcome="failed" if step == "failed" else "unknown", code="not_received")
