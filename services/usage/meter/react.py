"""Rating learns of each meter, for the lines it describes and for the prices that may go by its attributes.

MeterDefined("sms.messages")   ->   the same on partition 0 of usage.guided, where rating keeps its reference data
PersonalAttributesMarked       ->   likewise
"""

from __future__ import annotations

from services.usage.meter.messages import MeterDefined, PersonalAttributesMarked
from services.usage.topics import GUIDED
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope


def react_meter(event: MeterDefined | PersonalAttributesMarked, envelope: Envelope, view: View) -> tuple[Send]:
    return (Send(event, GUIDED, 0),)
