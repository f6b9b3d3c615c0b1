"""Groups: a tree of accounts, and one payer for several of them. All changes are decided here, one after the other.

    a below b      GroupPlaceDecided      partition 0 knows it from now on, whatever the tables say by then
    b below a      group_cycle            also when both were asked for in the same moment

What was decided before groups were decided here stands in the tables of the accounts, and so do the parents that
accounts were opened with: an account that is being opened has nobody below it and closes no circle.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.rating.account.details import PAYER, check_parent, check_payer
from services.rating.account.messages import ParentChange, PayerChange
from services.rating.account.state import GroupPlace
from services.rating.group.messages import GroupPlaceDecided, PlaceInGroup
from services.rating.group.state import GroupLink
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent

PAYS_FOR_MAX: Final = 200
"""For how many accounts one pays: all their lines are on one invoice."""


def decide_group(command: PlaceInGroup, view: View, context: Context) -> list[GroupPlaceDecided]:
    """Nothing where all is so already."""
    place = view.get(GroupPlace, command.account_id)
    if place is None:
        raise absent("account", command.account_id)
    context.check_version(place.version)
    parent = _other_parent(command.parent, place, view)
    payer = _other_payer(command.payer, place, view)
    if parent is None and payer is None:
        return []
    return [GroupPlaceDecided(account_id=command.account_id, parent=parent, payer=payer)]


def evolve_group(event: GroupPlaceDecided, envelope: Envelope, view: View) -> list[State]:
    link = _link(view, event.account_id)
    before = link.billed_by
    if event.parent is not None:
        link = msgspec.structs.replace(link, parent=event.parent)
    if event.payer is None:
        return [link]
    after = event.payer.billed_by
    states: list[State] = [msgspec.structs.replace(link, billed_by=after)]
    for payer_id in sorted({payer for payer in (before, after) if payer is not None}):
        payer = _link(view, payer_id)
        others = [account_id for account_id in payer.pays_for if account_id != event.account_id]
        pays_for = (*others, event.account_id) if payer_id == after else tuple(others)
        states.append(msgspec.structs.replace(payer, pays_for=pays_for))
    return states


def _link(view: View, account_id: str) -> GroupLink:
    return view.get(GroupLink, account_id) or GroupLink(account_id=account_id)


def _other_parent(asked: ParentChange | None, place: GroupPlace, view: View) -> ParentChange | None:
    """The parent, where it is another one. Raises what `check_parent` refuses."""
    if asked is None or asked.parent_id == _parent_of(place.account_id, view):
        return None
    if asked.parent_id is not None:
        above = _above(asked.parent_id, view)
        check_parent(place.account_id, place.currency, asked.parent_id, view, above=above)
    return asked


def _above(account_id: str, view: View) -> list[str]:
    """Everybody above an account, the nearest first; it ends in a circle of before, too."""
    found: list[str] = []
    parent_id = _parent_of(account_id, view)
    while parent_id is not None and parent_id not in found:
        found.append(parent_id)
        parent_id = _parent_of(parent_id, view)
    return found


def _parent_of(account_id: str, view: View) -> str | None:
    link = view.get(GroupLink, account_id)
    if link is not None and link.parent is not None:
        return link.parent.parent_id
    place = view.get(GroupPlace, account_id)
    return place.above[0] if place is not None and place.above else None


def _other_payer(asked: PayerChange | None, place: GroupPlace, view: View) -> PayerChange | None:
    """The payer, where it is another one. Raises what can't be."""
    if asked is None:
        return None
    billed_by = None if asked.billed_by == place.account_id else asked.billed_by
    link = _link(view, place.account_id)
    if billed_by == link.billed_by:
        return None
    if billed_by is not None:
        if link.pays_for:
            detail = (
                f"{place.account_id} pays for {', '.join(link.pays_for[:3])}, so nobody pays for it; free them first"
            )
            raise Rejection("pays_for_others", detail, pointer=PAYER, status=409)
        check_payer(place, billed_by, view)
        _check_room(_link(view, billed_by))
    return PayerChange(billed_by=billed_by)


def _check_room(payer: GroupLink) -> None:
    if payer.billed_by is not None:
        detail = f"{payer.account_id} is billed by {payer.billed_by} itself; name that one"
        raise Rejection("billed_by_another", detail, pointer=PAYER, status=409)
    if len(payer.pays_for) >= PAYS_FOR_MAX:
        detail = f"{payer.account_id} pays for {PAYS_FOR_MAX} accounts, which is the most"
        raise Rejection("too_many_accounts", detail, pointer=PAYER, status=409)
