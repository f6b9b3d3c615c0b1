"""Every command of usage by the name it has in `usage.commands`; the classes are in the aggregates' `messages.py`."""

from __future__ import annotations

from typing import Final

from services.usage.meter.messages import DefineMeter
from services.usage.quarantine.messages import ReturnUsage
from services.usage.record.messages import RecordUsage
from services.usage.resource.messages import AssignResource, RegisterResource
from services.usage.session.messages import CloseSessions
from services.usage.source.messages import ChangeSource, DefineSource, DeleteSource
from services.usage.undecodable.messages import ReportUndecodable, ResolveUndecodable
from services.usage.watermark.messages import IntakeProgressed
from shared.kernel.message import catalogue

COMMANDS: Final = catalogue(
    "usage",
    DefineMeter,
    RegisterResource,
    AssignResource,
    DefineSource,
    ChangeSource,
    DeleteSource,
    ReturnUsage,
    RecordUsage,
    CloseSessions,
    IntakeProgressed,
    ReportUndecodable,
    ResolveUndecodable,
)
