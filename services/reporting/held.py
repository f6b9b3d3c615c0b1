"""What of reporting is open to callers who are held to legal entities.

Rows are of their account; documents, and what they are booked as, of the entity that issued them. Sums that are kept
for everybody are made anew of the rows that are theirs: `held_sums.py`. What waits for an operator (dead letters,
silent sources, webhooks) is nobody's, so there is none of it for them.
"""

from __future__ import annotations

from typing import Final

from services.reporting.held_sums import SUMS
from shared.engine.held import Holding

_DOCUMENT: Final = """
case when t.status = 'draft' or (t.number is null and t.legal_entity is null) then own(t.account_id)
     else coalesce(t.legal_entity, 'operator') = any({held}) end
"""
_BOOKED: Final = "coalesce(nullif(t.legal_entity, ''), 'operator') = any({held})"
_OF_INVOICE: Final = "t.invoice_id in (select invoice_id from invoice_row)"
_OF_CLAIM: Final = "t.invoice_id in (select invoice_id from receivable_row)"
_OF_SUBSCRIPTION: Final = "t.subscription_id in (select subscription_id from subscription_row)"
_OF_RECORD: Final = """
exists (select 1 from usage_record r where r.partition = t.{partition} and r.seq = t.seq and r.index = t.index)
"""
_NONE: Final = "false"

HOLDING: Final = Holding(
    accounts="select account_id, nullif(legal_entity, '') as legal_entity from journal_entity where log = 'invoicing'",
    rows={
        **SUMS,
        **{"invoice_row": _DOCUMENT, "invoice_list": _DOCUMENT, "invoice_view": _DOCUMENT},
        "invoice_line_row": _OF_INVOICE,
        "credit_note_row": _OF_INVOICE,
        "credit_note_line_row": "t.credit_note_id in (select credit_note_id from credit_note_row)",
        "delivery_row": """
            t.document_id in (select invoice_id from invoice_row)
            or t.document_id in (select credit_note_id from credit_note_row)""",
        **{"journal_entry": _BOOKED, "journal_posting": _BOOKED, "journal_sum": _BOOKED},
        "journal_draft_line": _OF_INVOICE,
        **{"settlement_view": _OF_CLAIM, "write_off_row": _OF_CLAIM, "credit_allocation_row": _OF_CLAIM},
        "allocation_row": "t.payment_id in (select payment_id from payment_row)",
        **{"billed_period": _OF_SUBSCRIPTION, "late_billed_period": _OF_SUBSCRIPTION},
        "subscription_change_row": _OF_SUBSCRIPTION,
        **{name: _OF_RECORD.format(partition="partition") for name in ("usage_retraction", "usage_session_report")},
        **{name: _OF_RECORD.format(partition="usage_partition") for name in ("usage_not_billable", "usage_parked")},
        **dict.fromkeys(("dead_letter", "heard_source", "watched_source", "expected_source"), _NONE),
        "webhook_endpoint": _NONE,
    },
    common=frozenset(
        {
            *("plan_row", "plan_service", "plan_in_force", "cycle_row", "chart_row", "journal_export_row"),
            *("dunning_policy_row", "dunning_in_force_row", "dunning_default_row", "rated_through"),
            "usage_record_age",
            # What somebody keeps or makes for themselves: their routes ask whose it is.
            *("job", "job_result", "saved_view", "report_schedule", "report_schedule_run", "mail"),
            *("app_user", "access_role", "access_policy"),
        }
    ),
    things={"invoice_id": "invoice_list.invoice_id"},
    lists=frozenset(
        {
            *("/v1/invoices", "/v1/customer-configs", "/v1/search", "/v1/overview", "/v1/overview/*"),
            *("/v1/usage/summary", "/v1/usage/records", "/v1/usage/records/*", "/v1/resource-holder"),
            *("/v1/resource-history", "/v1/reports", "/v1/reports/*", "/v1/events", "/v1/events/*"),
            *("/v1/journal", "/v1/journal/*", "/v1/trial-balance", "/v1/stream"),
            *("/v1/report-jobs", "/v1/report-jobs/*", "/v1/report-schedules", "/v1/report-schedules/*"),
            *("/v1/saved-views", "/v1/jobs", "/v1/jobs/*"),
        }
    ),
    own=frozenset(
        {
            *("/v1/report-jobs", "/v1/report-jobs/*", "/v1/report-schedules", "/v1/report-schedules/*"),
            *("/v1/saved-views", "/v1/saved-views/*", "/v1/jobs/*"),
        }
    ),
)
