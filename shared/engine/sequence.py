"""No event of an upstream log may be missed: its events are numbered without gaps, and each reader counts along.

    check_next("rating.events", envelope, last=907)      # raises SequenceGap unless this is event 908

Other inputs are not numbered like this: commands have no numbers, and `usage.guided` counts per pair of partitions,
which its reader's decider checks.
"""

from __future__ import annotations

from typing import Final

from shared.kernel.envelope import Envelope
from shared.kernel.sequence_gap import SequenceGap

UNNUMBERED: Final = -1
"""In place of the last event's number, where it is not known."""


def is_event_log(topic: str) -> bool:
    """Whether a topic is a service's own log, kept for ever and numbered densely.

    >>> is_event_log("rating.events"), is_event_log("rating.commands"), is_event_log("usage.guided")
    (True, False, False)
    """
    return topic.endswith(".events")


def check_next(topic: str, envelope: Envelope, *, last: int) -> None:
    """Raises `SequenceGap` unless this event of an upstream log follows number `last` (0 before the first)."""
    if is_event_log(topic) and last != UNNUMBERED and envelope.seq != last + 1:
        raise SequenceGap.at(f"{topic}/{envelope.partition}", last + 1, envelope)
