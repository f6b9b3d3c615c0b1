"""What a command tells of the sources and addresses that it will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.source.decide import SourceCommand
from services.usage.source.messages import DeleteSource
from services.usage.source.state import Source, SourceAddress
from shared.kernel.decider import State


def preload_source(command: SourceCommand) -> Sequence[tuple[type[State], str]]:
    addresses = () if isinstance(command, DeleteSource) else command.terms.addresses
    return ((Source, command.source_id), *((SourceAddress, address) for address in addresses))
