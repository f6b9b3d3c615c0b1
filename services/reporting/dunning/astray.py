"""Accounts with which dunning may never end: who owes nothing and is restricted, who owes past his steps and is not.

    astray(now)     SQL: (partition, account_id, kind, why, case_id, since)

    paid_and_restricted  restricted_though_nothing_counts   payments asks for less service, and nothing is overdue
                         not_given_back                     rating holds lines that payments asks nothing of any more
    overdue_and_open     not_restricted                     payments asks for less service, and rating has not answered
                         not_asked_for                      the steps that are taken leave less service than was asked
                         step_missed                        the day of a step is over, and nobody looked
                         no_case                            overdue under a policy, and there is no case
                         not_ended                          a step ended the subscriptions, and one goes on

It is found from what is owed, promised, disputed and exempt, not from what dunning says of itself. What one service is
told by another is on its way for some seconds (`GRACE_S`); what a clock sets going is so for as long as all accounts
of a midnight take (`NIGHT_S`). Instants are those of events, so a rebuild finds the same; the clock is the asker's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from services.reporting.customer.in_force import not_ended
from shared.kernel.envelope import format_instant

GRACE_S: Final = 60
NIGHT_S: Final = 900

AstrayKind = Literal["paid_and_restricted", "overdue_and_open"]

_COUNTS: Final = """
  from receivable_row r
 where r.partition = {of}.partition and r.account_id = {of}.account_id and r.open > r.disputed and r.due_on < {today}
"""
_OPEN_CASE: Final = "d.cleared_on is null"
_PROMISED: Final = """exists (select from dunning_promise_row p
    where p.partition = d.partition and p.account_id = d.account_id and p.is_open{which})"""

_RESTRICTED_THOUGH_NOTHING_COUNTS: Final = f"""
select d.partition, d.account_id, 'paid_and_restricted', 'restricted_though_nothing_counts', d.case_id, d.asked_at
  from dunning_row d
 where d.access <> 'open' and (d.cleared_on is not null
    or not exists (select {_COUNTS.format(of="d", today="(:now at time zone d.time_zone)::date")}))
"""
_NOT_GIVEN_BACK: Final = f"""
select s.partition, s.account_id, 'paid_and_restricted', 'not_given_back', s.case_id, s.recorded_at
  from service_restriction_row s
  left join lateral (
       select max(d.asked_at) as asked_at, bool_or({_OPEN_CASE} and d.access <> 'open') as wanted
         from dunning_row d where d.account_id = coalesce(nullif(s.payer_id, ''), s.account_id)) d on true
 where s.access <> 'open' and not coalesce(d.wanted, false)
   and greatest(s.recorded_at, d.asked_at) < :now - interval '{GRACE_S} s'
"""
_NOT_RESTRICTED: Final = f"""
select d.partition, d.account_id, 'overdue_and_open', 'not_restricted', d.case_id, d.asked_at
  from dunning_row d
 where {_OPEN_CASE} and d.access <> 'open' and d.asked_at < :now - interval '{GRACE_S} s'
   and not exists (select from service_restriction_row s
                    where s.partition = d.partition and s.account_id = d.account_id and s.payer_id = ''
                      and s.case_id = d.case_id and s.access = d.access)
"""
_NOT_ASKED_FOR: Final = f"""
select d.partition, d.account_id, 'overdue_and_open', 'not_asked_for', d.case_id, d.asked_at
  from dunning_row d
  join dunning_policy_row v on v.policy_id = d.policy_id and v.version = d.policy_version
 where {_OPEN_CASE} and d.access = 'open' and d.step > 0
   and exists (select from jsonb_array_elements(v.steps) with ordinality as steps (step, n)
                where n <= d.step and step->>'access' is not null)
   and not {_PROMISED.format(which=" and p.restores")}
"""
_STEP_MISSED: Final = f"""
select d.partition, d.account_id, 'overdue_and_open', 'step_missed', d.case_id,
       d.look_on::timestamp at time zone d.time_zone
  from dunning_row d
 where {_OPEN_CASE} and d.look_on is not null
   and d.look_on::timestamp at time zone d.time_zone < :now - interval '{NIGHT_S} s'
"""
_NO_CASE: Final = f"""
select a.partition, a.account_id, 'overdue_and_open', 'no_case', null, greatest(o.since, o.said_at, b.said_at)
  from account_row a
  join dunning_by b on b.account_partition = a.partition and b.account_id = a.account_id
  cross join lateral (
       select sum(r.open - r.disputed) as overdue, max(r.recorded_at) as said_at,
              (min(r.due_on) + 1)::timestamp at time zone a.time_zone as since
       {_COUNTS.format(of="a", today="(:now at time zone a.time_zone)::date")}) o
 where o.overdue >= coalesce((b.minimums->>a.currency)::numeric, 0)
   and greatest(o.since, o.said_at, b.said_at) < :now - interval '{NIGHT_S} s'
   and not exists (select from dunning_row d
                    where d.partition = a.partition and d.account_id = a.account_id and {_OPEN_CASE})
   and not exists (select from dunning_exempt_row e
                    where e.partition = a.partition and e.account_id = a.account_id and e.exempt
                      and (e.until is null or e.until > (:now at time zone a.time_zone)::date))
"""
_NOT_ENDED: Final = f"""
select d.partition, d.account_id, 'overdue_and_open', 'not_ended', d.case_id, d.terminated_at
  from dunning_row d
 where {_OPEN_CASE} and d.terminated_at < :now - interval '{GRACE_S} s'
   and exists (select from subscription_row s
                where s.account_id = d.account_id and s.starts <= d.terminated_on
                  and {not_ended("(:now at time zone d.time_zone)::date")})
"""
_ALL: Final = " union all ".join(
    (
        *(_RESTRICTED_THOUGH_NOTHING_COUNTS, _NOT_GIVEN_BACK, _NOT_RESTRICTED, _NOT_ASKED_FOR, _STEP_MISSED, _NO_CASE),
        _NOT_ENDED,
    )
)


def astray(now: datetime) -> str:
    """The source, at an instant of the clock; an account may be in it for several reasons."""
    at = f"timestamptz '{format_instant(now)}'"
    return f"({_ALL.replace(':now', at)}) as astray (partition, account_id, kind, why, case_id, since)"
