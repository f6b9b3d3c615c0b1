"""Cases, steps and accounts of dunning as the API shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal, get_args

import asyncpg
import msgspec
from pydantic import AwareDatetime, BaseModel

from services.payments.dunning.coming import Coming
from services.payments.dunning.messages import WhyCleared
from shared.http.actions import ActionShape, action
from shared.http.money import money
from shared.http.pages import Page, Total
from shared.kernel.calendar import local_date
from shared.kernel.money import MoneyBody

Status = Literal["open", "promised", "paused", "cleared"]
AccessShown = Literal["open", "throttled", "blocked"]
STATUSES: Final = get_args(Status)


class PromiseOfCase(BaseModel):
    id: str
    pay_by: date
    amount: MoneyBody


class DunningCaseShape(BaseModel):
    """A case. `overdue` has been open since `since`, the earliest day on which something unpaid was due; `step` of
    `steps` are taken, `step_name` is the last and `next_step_name` the next of them. `look_on` is the next day on which
    something may happen by itself."""

    id: str
    account_id: str
    status: Status
    policy_id: str
    policy_version: int
    opened_on: date
    since: date
    days_overdue: int
    overdue: MoneyBody
    step: int
    steps: int
    step_name: str | None
    step_on: date | None
    next_step_name: str | None
    look_on: date | None
    access: AccessShown
    paused_until: date | None
    pause_reason: str | None
    promise: PromiseOfCase | None
    collection_on: date | None
    terminated_on: date | None
    cleared_on: date | None
    cleared_for: WhyCleared | None
    recorded_at: AwareDatetime
    allowed_actions: list[ActionShape]


class DunningCounts(BaseModel):
    """How many cases there are of each status."""

    open: int
    promised: int
    paused: int
    cleared: int


class DunningTotal(Total):
    pass


class DunningCasePage(Page):
    items: list[DunningCaseShape]
    totals: list[DunningTotal]
    counts: DunningCounts


class DunningEventShape(BaseModel):
    """Something that happened in a case, as it is in the log."""

    kind: str
    detail: dict[str, Any]
    actor: str
    recorded_at: AwareDatetime


class ComingStepShape(BaseModel):
    """A step that the account reaches on the day `on` if nothing is paid until then; `access` is what it leaves."""

    on: date
    step: int
    name: str
    access: AccessShown
    fee: MoneyBody | None
    terminate: bool
    collection: bool


class DunningCaseDetail(DunningCaseShape):
    """A case with what happened in it, the latest first, and what comes."""

    history: list[DunningEventShape]
    coming: list[ComingStepShape]


PROMISE: Final = """
select promise_id as id, pay_by::text, amount::text from promise_row p
 where p.account_id = c.account_id and p.status = 'open' limit 1
"""
STATUS: Final = """case when c.cleared_on is not null then 'cleared' when c.paused then 'paused'
 when exists (select from promise_row p where p.account_id = c.account_id and p.status = 'open') then 'promised'
 else 'open' end"""
CASES: Final = f"""(select c.*, {STATUS} as status, v.terms->'steps' as policy_steps
  from dunning_case_row c left join dunning_version_row v on v.policy_id = c.policy_id and v.version = c.policy_version
) c"""
COLUMNS: Final = (
    *("case_id", "account_id", "status", "policy_id", "policy_version", "opened_on", "since", "currency", "overdue"),
    *("step", "step_on", "look_on", "access", "paused_until", "pause_reason", "collection_on", "terminated_on"),
    *("cleared_on", "cleared_for", "recorded_at", "time_zone", "jsonb_array_length(policy_steps)::int as steps"),
    "policy_steps->(step - 1)->>'name' as step_name",
    "policy_steps->step->>'name' as next_step_name",
    f"(select to_json(found)::text from ({PROMISE}) found) as promise",
)
_SAME: Final = (
    *("account_id", "status", "policy_id", "policy_version", "opened_on", "since", "step", "steps", "step_on"),
    *("look_on", "access", "paused_until", "pause_reason", "collection_on", "terminated_on", "cleared_on"),
    *("cleared_for", "recorded_at"),
)


def case_shape(row: asyncpg.Record, now: datetime) -> dict[str, Any]:
    """A row of `COLUMNS` as `DunningCaseShape`. Days are counted to the day on which it was cleared."""
    is_open = row["cleared_on"] is None
    until = local_date(now, row["time_zone"]) if is_open else row["cleared_on"]
    return {
        "id": row["case_id"],
        **{name: row[name] for name in _SAME},
        "days_overdue": (until - row["since"]).days,
        "overdue": money(row["overdue"], row["currency"]),
        "step_name": row["step_name"] if row["step"] else None,
        "next_step_name": row["next_step_name"] if is_open else None,
        "promise": _promise(row) if is_open else None,
        "allowed_actions": [*_actions(row)],
    }


def coming_shape(found: Coming) -> dict[str, Any]:
    fee = found.step.fee
    return {
        **{name: getattr(found.step, name) for name in ("step", "name", "terminate", "collection")},
        "on": found.on,
        "access": found.access,
        "fee": None if fee is None else money(fee.amount, found.step.currency),
    }


class _Promise(msgspec.Struct):
    id: str
    pay_by: date
    amount: str


def _promise(row: asyncpg.Record) -> dict[str, Any] | None:
    if row["promise"] is None:
        return None
    promise = msgspec.json.decode(row["promise"], type=_Promise)
    amount = {"amount": promise.amount, "currency": row["currency"]}
    return {"id": promise.id, "pay_by": promise.pay_by, "amount": amount}


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    status = row["status"]
    over = "the case is over" if status == "cleared" else None
    waits = {"paused": "it is paused", "promised": "a promise is open"}.get(status)
    last = None if row["steps"] is None or row["step"] < row["steps"] else "its last step is taken"
    return [
        action("pause", why_not=over),
        action("resume", why_not=over or (None if status == "paused" else "it is not paused")),
        action("advance", why_not=over or waits or last),
        action("exempt", why_not=over),
        action("promise", why_not=over or ("a promise is open" if row["promise"] else None)),
    ]
