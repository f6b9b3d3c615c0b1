"""What of payments is open to callers who are held to legal entities.

Money is of the account that it is paid for. Policies, settings and the chart of accounts are the operator's: read by
all, changed by nobody who is held. So are batches of everybody's money: runs of direct debits, bank statements,
vouchers in batches and the files of collection agencies, which are closed.
"""

from __future__ import annotations

from typing import Final

from shared.engine.held import Holding

HOLDING: Final = Holding(
    accounts="select account_id, legal_entity from account_entity",
    rows={
        "allocation_row": "t.payment_id in (select payment_id from payment_row)",
        "credit_allocation_row": """
            t.credit_note_id in (select credit_note_id from credit_note_row)
            or t.credit_note_id in (select credit_id from granted_credit_row)""",
        "payment_sum": """
            select partition, currency, status, method, received_on, count(*) as counted, sum(amount) as amount,
                   sum(unallocated) as unallocated, sum(refunded) as refunded, sum(charged_back) as charged_back
              from payment_row group by 1, 2, 3, 4, 5""",
    },
    common=frozenset(
        {
            *("dunning_policy_row", "dunning_version_row", "dunning_default_row", "payment_settings_row"),
            *("credit_settings_row", "chart_of_accounts_row", "journal_exported_row", "gateway_row", "creditor_row"),
        }
    ),
    things={
        "payment_id": "payment_row.payment_id",
        "invoice_id": "receivable_row.invoice_id|receivable_row.number",
        "case_id": "dunning_case_row.case_id",
        "ids": "dunning_case_row.case_id",
        "deposit_id": "deposit_row.deposit_id",
        "promise_id": "promise_row.promise_id",
        "refund_id": "refund_row.refund_id",
        "chargeback_id": "chargeback_row.chargeback_id",
        "credit_id": "granted_credit_row.credit_id",
        "method_id": "payment_method_row.method_id",
        "payment_method_id": "payment_method_row.method_id",
        "mandate_id": "mandate_row.mandate_id",
        "collection_id": "collection_row.collection_id",
        "write_off_id": "write_off_row.write_off_id",
        "top_up_id": "top_up_row.top_up_id",
    },
    lists=frozenset(
        {
            *("/v1/payments", "/v1/deposits", "/v1/promises", "/v1/exposures", "/v1/refunds", "/v1/write-offs"),
            *("/v1/disputes", "/v1/payment-methods", "/v1/mandates", "/v1/collections", "/v1/vouchers/redemptions"),
            *("/v1/dunning/cases", "/v1/dunning/handovers", "/v1/dunning/policies", "/v1/dunning/policies/*"),
            *("/v1/dunning/settings", "/v1/payment-settings", "/v1/credit-settings", "/v1/chart-of-accounts"),
            *("/v1/chart-of-accounts/*", "/v1/gateways", "/v1/direct-debits/creditor"),
        }
    ),
    commands=frozenset(
        {
            *("/v1/payments", "/v1/promises", "/v1/write-offs", "/v1/payment-methods", "/v1/mandates"),
            *("/v1/collections", "/v1/dunning/cases/pause", "/v1/vouchers/redemptions"),
        }
    ),
)
