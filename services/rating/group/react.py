"""What a group has decided goes to the account's own partition, once."""

from __future__ import annotations

from services.rating.account.messages import FollowGroup
from services.rating.group.messages import GroupPlaceDecided
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_group(event: GroupPlaceDecided, envelope: Envelope, view: View) -> list[Send]:
    return [Send(same_fields(FollowGroup, event), to="rating")]
