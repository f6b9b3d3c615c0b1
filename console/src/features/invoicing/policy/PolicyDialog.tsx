/** What is demanded of every invoice, as a whole: what is left out is not demanded any more. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { formDialog } from "../../../ui/command/dialogs";
import { kinds, ordinary, readPolicy, type InvoicePolicy } from "./queries";

export const PolicyDialog = formDialog<InvoicePolicy, unknown>({
  words: "policy_change", title: "policy.title", verb: "policy.save", fields: "policy", form: "policy_form", body: "InvoicePolicyBody", touches: ["invoice-policy", "invoices"],
  reread: () => readPolicy(),
  given: ({ approval: { every, above, four_eyes }, clearance, numbering: { series, per_customer } }) => ({
    "/approval/every": String(every), "/approval/four_eyes": String(four_eyes),
    "/approval/above": above.map(({ amount, currency }) => ({ amount, currency })),
    "/clearance": clearance.map(({ seller_country, authority, buyer_country }) => ({ seller_country, authority, buyer_country: buyer_country ?? "" })),
    "/numbering/per_customer": String(per_customer),
    ...Object.fromEntries(kinds.map((kind) => [`/numbering/series/${kind}`, series[kind] === ordinary[kind] ? "" : series[kind]])),
  }),
  send: (_policy, body, headers) => api.PUT("/v1/invoice-policy", { body, headers }),
  note: () => <PolicyNote />,
});

function PolicyNote() {
  const { t } = useI18n();
  return <p className="small form-note">{t("policy.note")}</p>;
}
