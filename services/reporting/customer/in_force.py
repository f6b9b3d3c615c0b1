"""Which subscriptions are there on a day, and on which plan: SQL over `subscription_row s`.

f"select count(*) from subscription_row s where {not_ended('current_date')}"
"""

from __future__ import annotations

_CHANGES = """subscription_change_row c
               where c.partition = s.partition and c.subscription_id = s.subscription_id and not c.cancelled"""


def not_ended(today: str) -> str:
    """Whether a subscription has not ended by `today`, an expression; one that begins later has not."""
    return f"""(s.ends is null or s.ends > {today})
        and not exists (select from {_CHANGES} and c.plan_id is null and c.starts <= {today})"""


def plan_on(today: str) -> str:
    """The plan of a subscription on that day, before its start the one that it starts with."""
    return f"""coalesce((
              select c.plan_id from {_CHANGES} and c.plan_id is not null and c.starts <= greatest({today}, s.starts)
               order by c.starts desc, c.seq desc limit 1), s.plan_id)"""
