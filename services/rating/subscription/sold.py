"""Which plan an account can have from a day on, and whether it is still sold to somebody who does not have it."""

from __future__ import annotations

from datetime import date

from services.rating.account.state import Account
from services.rating.plan.state import Plan, PlanVersion
from shared.kernel.errors import Rejection, absent


def check_plan(plan: Plan | None, plan_id: str, version: int | None, day: date, account: Account) -> None:
    """Refuse a plan that the account can't have from that day on."""
    if plan is None:
        raise absent("plan", plan_id, pointer="/plan_id")
    if plan.currency != account.currency:
        raise Rejection(
            "currency_mismatch",
            f"plan {plan.plan_id} is in {plan.currency}, account {account.account_id} in {account.currency}",
            pointer="/plan_id",
        )
    if version is not None and not 1 <= version <= plan.latest:
        raise absent("plan_version", f"{plan_id}/{version}", pointer="/plan_version")
    if version is not None and plan.versions[version - 1].effective_from is None:
        detail = f"version {version} of {plan_id} is a draft; publish it first"
        raise Rejection("no_version_in_force", detail, pointer="/plan_version")
    if version is None and plan.version_in_force(day) is None:
        detail = f"no published version of {plan_id} is in force on {day}; publish one or start later"
        raise Rejection("no_version_in_force", detail, pointer="/plan_id")


def check_sold(plan: Plan | None, day: date) -> None:
    """Refuse a plan that is retired by then to somebody who does not have it."""
    if plan is not None and not plan.sold_on(day):
        detail = f"{plan.plan_id} is not sold from {plan.retired_on} on; choose another plan, or an earlier day"
        raise Rejection("plan_retired", detail, pointer="/plan_id")


def check_version_sold(plan: Plan | None, version: int | None, day: date) -> None:
    """Refuse a version that is retired by then to somebody who does not have it."""
    taken = version_taken(plan, version, day) if plan else None
    if plan is not None and taken is not None and not taken.sold_on(day):
        pointer = "/plan_id" if version is None else "/plan_version"
        detail = f"version {taken.version} of {plan.plan_id} is not sold from {taken.retired_on} on"
        raise Rejection("plan_version_retired", f"{detail}; publish another, or choose another plan", pointer=pointer)


def version_taken(plan: Plan, version: int | None, day: date) -> PlanVersion | None:
    """The version that is asked for by its number, or that is in force on the day."""
    if version is None:
        return plan.version_in_force(day)
    return plan.versions[version - 1] if 1 <= version <= plan.latest else None
