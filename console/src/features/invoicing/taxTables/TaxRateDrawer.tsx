/** Adds a rate, or changes one: what is locked or issued keeps what it was taxed. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import type { Value } from "../../../lib/form/values";
import { useCommand } from "../../../lib/useCommand";
import { formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { readTaxRate, type TaxRate } from "./queries";

const touches = ["tax-rates"];
const order = ["jurisdiction_id", "tax", "rate", "effective_from", "effective_to", "product_tax_class", "kind", "category", "share"];

/** `at`: the jurisdiction that the reader looks at. */
export function NewTaxRate({ at, onClose }: { at?: string; onClose: () => void }) {
  const { t } = useI18n();
  const today = useToday();
  const add = useCommand({ words: "tax_rate_add", touches, send: (body: Body<"/v1/tax/rates">, headers) => api.POST("/v1/tax/rates", { body, headers }) });
  return (
    <CommandDrawer
      title={t("tax_rates.add")} verb={t("tax_rates.add")} body="TaxRateBody" words="tax_rate_form" wish={{ first: order }} command={add}
      given={{ effective_from: today, ...(at ? { jurisdiction_id: at } : {}) }} onSend={(body) => add.run(body as Body<"/v1/tax/rates">)} onClose={onClose}
    />
  );
}

export const ChangeTaxRate = formDialog<TaxRate, unknown>({
  words: "tax_rate_change", title: "tax_rate.change", verb: "tax_rate.save", fields: "tax_rate", form: "tax_rate_form", body: "TaxRateChange", wish: { first: order }, touches,
  reread: ({ id }) => readTaxRate(id), given: givenOf,
  // What was emptied is sent as empty: a PUT says all of it.
  toSend: (written) => ({ effective_to: null, includes: [], replaces: [], reason: null, ...written }),
  send: ({ id }, body, headers) => api.PUT("/v1/tax/rates/{rate_id}", { params: { path: { rate_id: id } }, body, headers }),
});

function givenOf(rate: TaxRate): Record<string, Value> {
  const { jurisdiction_id, tax, effective_from, product_tax_class, kind, category, share, where } = rate;
  return {
    jurisdiction_id, tax, effective_from, product_tax_class, kind, category, share, where, rate: rate.rate, includes: rate.includes.join("\n"), replaces: rate.replaces.join("\n"),
    ...(rate.effective_to === null ? {} : { effective_to: rate.effective_to }), ...(rate.reason === null ? {} : { reason: rate.reason }),
  };
}
