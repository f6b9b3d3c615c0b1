"""What of rating is open to callers who are held to legal entities.

Plans, prices and calendars are the operator's: read by all, changed by nobody who is held. What is done to many
accounts (a rerating, an outage) is of those who hold all of them.
"""

from __future__ import annotations

from typing import Final

from shared.engine.held import Holding

_ALL_OWN: Final = """
jsonb_typeof(t.account_ids) = 'array' and jsonb_array_length(t.account_ids) > 0
and not exists (select 1 from jsonb_array_elements_text(t.account_ids) as x (id) where not own(x.id))
"""

HOLDING: Final = Holding(
    accounts="select account_id, legal_entity from account_entity",
    rows={
        "subscription_change_row": "t.subscription_id in (select subscription_id from subscription_row)",
        "charge_sum": """
            select partition, currency, kind, plan_id, meter, billing_start, period_start, count(*) as counted,
                   sum(amount) as amount
              from charge_row group by 1, 2, 3, 4, 5, 6, 7""",
        # As deciders keep them: what has no price of its own to tell is looked up in the tables above.
        "state": """
            t.kind = 'Plan' or (t.kind = 'Subscription' and t.key in (select subscription_id from subscription_row))
            or (t.kind = 'Parking' and own(t.key))""",
        "outage_row": _ALL_OWN,
        "outage_page": "t.outage_id in (select outage_id from outage_row)",
        "rerating_row": _ALL_OWN,
        "rerating_page": "t.rerating_id in (select rerating_id from rerating_row)",
    },
    common=frozenset(
        {
            *("bandwidth_profile_row", "billing_cycle_row", "holiday_calendar_row", "plan_row", "plan_version_row"),
            *("rate_table_row", "rate_table_version_row", "rate_row", "service_row", "meter"),
        }
    ),
    things={
        "subscription_id": "subscription_row.subscription_id",
        "charge_id": "charge_row.charge_id|one_time_charge_row.charge_id",
        "top_up_id": "top_up_row.top_up_id",
        "alert_id": "spend_alert_row.alert_id",
        "change_id": "subscription_change_row.change_id",
        "outage_id": "outage_row.outage_id",
        "rerating_id": "rerating_row.rerating_id",
    },
    lists=frozenset(
        {
            *("/v1/accounts", "/v1/subscriptions", "/v1/charges", "/v1/one-time-charges", "/v1/top-ups"),
            *("/v1/spend-alerts", "/v1/outages", "/v1/reratings"),
            *("/v1/billing-cycles", "/v1/billing-cycles/*", "/v1/plans", "/v1/plans/*", "/v1/services"),
            *("/v1/services/*", "/v1/bandwidth-profiles", "/v1/bandwidth-profiles/*", "/v1/rate-tables"),
            *("/v1/rate-tables/*", "/v1/holidays", "/v1/holidays/*"),
        }
    ),
    commands=frozenset({"/v1/subscriptions", "/v1/charges", "/v1/spend-alerts", "/v1/reratings"}),
    own=frozenset({"/v1/accounts", "/v1/pricing/quotes"}),
    closed=frozenset({"/v1/plans/{plan_id}/migrations", "/v1/plans/{plan_id}/migrations/*"}),
)
