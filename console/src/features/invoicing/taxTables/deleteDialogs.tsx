/** What is asked before something of the tax tables is deleted. */
import { api } from "../../../lib/api";
import { confirmDialog } from "../../../ui/command/dialogs";
import { BillingDate } from "../../../ui/Value";
import { PercentText } from "./PercentText";
import { readJurisdiction, readTaxRate, type Jurisdiction, type TaxRate } from "./queries";

export const DeleteJurisdiction = confirmDialog<Jurisdiction, unknown>({
  words: "jurisdiction_delete", verb: "jurisdiction.delete", fields: "jurisdiction", touches: ["tax-jurisdictions", "pickers"],
  facts: ({ id, name }, t) => [[t("jurisdiction.name"), name], [t("jurisdiction.id"), id]],
  send: ({ id }, headers) => api.DELETE("/v1/tax/jurisdictions/{jurisdiction_id}", { params: { path: { jurisdiction_id: id } }, headers }),
  reread: ({ id }) => readJurisdiction(id),
});

export const DeleteTaxRate = confirmDialog<TaxRate, unknown>({
  words: "tax_rate_delete", verb: "tax_rate.delete", fields: "tax_rate", touches: ["tax-rates"],
  facts: ({ id, tax, rate, effective_from, jurisdiction_id }, t) => [
    [t("tax_rate.tax"), tax], [t("tax_rate.rate"), <PercentText key="rate" value={rate} />], [t("tax_rate.jurisdiction_id"), jurisdiction_id],
    [t("tax_rate.effective_from"), <BillingDate key="from" value={effective_from} />], [t("tax_rate.id"), id],
  ],
  send: ({ id }, headers) => api.DELETE("/v1/tax/rates/{rate_id}", { params: { path: { rate_id: id } }, headers }),
  reread: ({ id }) => readTaxRate(id),
});
