"""Which states a place in a group will ask for; those further above are asked for one by one."""

from __future__ import annotations

from services.rating.account.state import GroupPlace
from services.rating.group.messages import PlaceInGroup
from services.rating.group.state import GroupLink
from shared.kernel.decider import State


def preload_group(command: PlaceInGroup) -> list[tuple[type[State], str]]:
    named = {command.account_id}
    if command.parent is not None and command.parent.parent_id is not None:
        named.add(command.parent.parent_id)
    if command.payer is not None and command.payer.billed_by is not None:
        named.add(command.payer.billed_by)
    kinds: tuple[type[State], ...] = (GroupPlace, GroupLink)
    return [(kind, account_id) for kind in kinds for account_id in sorted(named)]
