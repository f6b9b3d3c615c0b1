"""What of invoicing is open to callers who are held to legal entities.

A document is of the entity that issued it, whatever its account is of since (docs/decisions/0076); a draft is of its
account's. Tax, coupons and policies are the operator's: read by all, changed by nobody who is held. A billing run is of
those who hold all the accounts that it names.
"""

from __future__ import annotations

from typing import Final

from shared.engine.held import Holding

DOCUMENT: Final = """
case when t.status = 'draft' or (t.number is null and t.legal_entity is null) then own(t.account_id)
     else coalesce(t.legal_entity, 'operator') = any({held}) end
"""
_ALL_OWN: Final = """
cardinality(t.account_ids) > 0 and not exists (select 1 from unnest(t.account_ids) as x (id) where not own(x.id))
"""

HOLDING: Final = Holding(
    accounts="select account_id, legal_entity from bill_profile",
    rows={
        "invoice_row": DOCUMENT,
        "invoice_line": "t.invoice_id in (select invoice_id from invoice_row)",
        "discount_use": "t.invoice_id in (select invoice_id from invoice_row)",
        "credit_note_row": DOCUMENT,
        "credit_note_line": "t.credit_note_id in (select credit_note_id from credit_note_row)",
        "delivery_attempt": "t.delivery_id in (select delivery_id from delivery_row)",
        "legal_entity_row": "t.legal_entity_id = any({held})",
        "numbering_series_row": "coalesce(t.legal_entity, 'operator') = any({held})",
        "document_link": "t.series_id in (select series_id from numbering_series_row)",
        "billing_run": _ALL_OWN,
        "billing_run_page": "t.run_id in (select run_id from billing_run)",
    },
    common=frozenset(
        {
            *("automatic_runs_row", "billing_cycle", "coupon_row", "invoice_policy_row", "late_fee_policy_row"),
            *("tax_jurisdiction_row", "tax_rate_row"),
        }
    ),
    things={
        "invoice_id": "invoice_row.invoice_id",
        "debit_note_id": "invoice_row.invoice_id",
        "credit_note_id": "credit_note_row.credit_note_id",
        "legal_entity_id": "legal_entity_row.legal_entity_id",
        "series_id": "numbering_series_row.series_id",
        "delivery_id": "delivery_row.delivery_id",
        "discount_id": "discount_row.discount_id",
        "exemption_id": "tax_exemption_row.exemption_id",
        "fee_id": "late_fee_row.fee_id",
        "deposit_id": "deposit_request.deposit_id",
        "run_id": "billing_run.run_id",
    },
    lists=frozenset(
        {
            *("/v1/credit-notes", "/v1/debit-notes", "/v1/deliveries", "/v1/late-fees", "/v1/legal-entities"),
            *("/v1/numbering-series", "/v1/billing-runs", "/v1/automatic-runs", "/v1/automatic-runs/*"),
            *("/v1/coupons", "/v1/coupons/*", "/v1/late-fee-policies", "/v1/late-fee-policies/*", "/v1/invoice-policy"),
            *(
                "/v1/tax/exemptions",
                "/v1/tax/jurisdictions",
                "/v1/tax/jurisdictions/*",
                "/v1/tax/rates",
                "/v1/tax/rates/*",
            ),
        }
    ),
    commands=frozenset({"/v1/invoices", "/v1/billing-runs", "/v1/tax/exemptions"}),
    own=frozenset({"/v1/tax/quotes"}),
    closed=frozenset({"PUT /v1/legal-entities/{legal_entity_id}", "DELETE /v1/legal-entities/{legal_entity_id}"}),
)
