"""What a command tells of the parked records that it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.quarantine.messages import DiscardUsage, RecycleResource, RecycleSource, RecycleUsage
from services.usage.quarantine.state import ParkedPage, ParkedRecord, ParkedSourcePage, page_name, place_name
from services.usage.record.state import NUMBERS, GuidedNumbers
from services.usage.source.state import Source
from shared.kernel.decider import State


def preload_quarantine(
    command: RecycleUsage | RecycleResource | RecycleSource | DiscardUsage,
) -> Sequence[tuple[type[State], str]]:
    if isinstance(command, RecycleSource):
        of_source = (ParkedSourcePage, page_name(command.after, command.source_id))
        return (of_source, (GuidedNumbers, NUMBERS), (Source, command.source_id))
    if isinstance(command, RecycleResource):
        page = (ParkedPage, page_name(command.after, command.resource_id))
        return (page, (GuidedNumbers, NUMBERS))
    return ((GuidedNumbers, NUMBERS), *((ParkedRecord, place_name(*place)) for place in command.items))
