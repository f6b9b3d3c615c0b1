"""What was asked and said of an invoice beside its life, as it was known at an instant: of the audit trail and the log.

    await checks_then(payloads, life, so_far, "draft", row)     # {"approval": "waiting", ..., "clearance": "none", ...}

An approval is one of the draft as it was last complete; a clearance stays until the next is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg
import msgspec

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.invoice import checks
from shared.kernel.message import Event

APPROVALS: Final[Mapping[str, type[Event]]] = {
    kind.__name__: kind for kind in (ApprovalAsked, InvoiceApproved, InvoiceRejected)
}
CLEARANCES: Final[Mapping[str, type[Event]]] = {kind.__name__: kind for kind in (ClearanceAwaited, ClearanceReported)}
_COMPLETE: Final = ("InvoiceDrafted", "DraftReissued")
_NO_APPROVAL: Final[dict[str, Any]] = {
    "approval": None,
    **{f"approval_{name}": None for name in ("version", "asked_by", "by", "reason")},
}
_NO_CLEARANCE: Final[dict[str, Any]] = {
    "clearance": "none",
    **{f"clearance_{name}": None for name in ("authority", "reference", "reason", "at")},
}


async def checks_then(payloads: Payloads, so_far: Sequence[asyncpg.Record], state: str) -> dict[str, Any]:
    """The columns of approval and clearance, and of a draft that was asked about its version."""
    was = dict(_NO_CLEARANCE)
    for event in [record for record in so_far if record["name"] in CLEARANCES][-1:]:
        was |= await _columns(payloads, event, "clearance")
    return was | (await _approval(payloads, so_far) if state == "draft" else _NO_APPROVAL)


async def _approval(payloads: Payloads, so_far: Sequence[asyncpg.Record]) -> dict[str, Any]:
    complete = max((n for n, record in enumerate(so_far) if record["name"] in _COMPLETE), default=-1)
    asked = [record for record in so_far if record["name"] == "ApprovalAsked"]
    said = [record for record in so_far[complete + 1 :] if record["name"] in APPROVALS]
    if not said:
        return _NO_APPROVAL
    was = _NO_APPROVAL | await _columns(payloads, said[-1], "approval")
    if was["approval_asked_by"] is None and asked:
        was["approval_asked_by"] = (await _columns(payloads, asked[-1], "approval"))["approval_asked_by"]
    return was | {"version": was["approval_version"]}


async def _columns(payloads: Payloads, record: asyncpg.Record, begin: str) -> dict[str, Any]:
    """What the event wrote into the invoice's row then."""
    place = LogOffset(record["topic"], record["partition"], record["log_offset"])
    kind = {**APPROVALS, **CLEARANCES}[record["name"]]
    event = msgspec.convert((await payloads.read([place]))[place], kind, strict=False)
    [change] = checks.rows(event)
    return {name: value for name, value in _fields(change).items() if name.startswith(begin)}


def _fields(change: Any) -> dict[str, Any]:
    return {name: getattr(change, name) for name in change.__struct_fields__}
