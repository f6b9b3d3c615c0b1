"""A guided message that met a bug, split so that only the account concerned is parked.

    n=7: [ann, bo, cy, dee]   ->   n=7: [ann, bo]   part of 7: [cy, dee]
    n=7: [ann]                ->   n=7: []          part of 7: [ann]

Messages of a pair of partitions are numbered without gaps, so the number must be taken even where every record behind
it waits for an operator: what is left of the message in the end takes it, with no record that could crash. A part
carries no number of its own and may be taken at any later time. Later messages with records of that account are tried
as they come, since sums do not depend on order and its period cannot close: only what crashes again waits too.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from services.usage.events import GuidedUsage
from shared.kernel.message import Message


def remains(message: Message) -> GuidedUsage | None:
    """The number of a whole message, which must be taken even where an operator discards its records."""
    if not isinstance(message, GuidedUsage) or message.part:
        return None
    return msgspec.structs.replace(message, records=[])


def split(message: Message) -> Sequence[GuidedUsage]:
    """Two parts, by account; none for what cannot be split: one account without a number, a number without records."""
    if not isinstance(message, GuidedUsage):
        return ()
    accounts = list(dict.fromkeys(record.account for record in message.records))
    if message.part and len(accounts) < 2:
        return ()
    kept = set(accounts[: len(accounts) // 2])
    first = [record for record in message.records if record.account in kept]
    rest = [record for record in message.records if record.account not in kept]
    if not rest:
        return ()
    return (
        msgspec.structs.replace(message, records=first),
        msgspec.structs.replace(message, records=rest, part=True),
    )
