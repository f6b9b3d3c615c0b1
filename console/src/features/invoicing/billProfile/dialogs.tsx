/** What is asked when a section of the bill profile is changed; each sends its own part, for the version that was read. */
import { api } from "../../../lib/api";
import type { FormField } from "../../../lib/form/schema";
import type { Form } from "../../../lib/form/useForm";
import type { Value } from "../../../lib/form/values";
import { formDialog } from "../../../ui/command/dialogs";
import { ProfileNote } from "./ProfileNote";
import { readBillProfile, type BillProfile } from "./queries";

export const common = {
  words: "billing_change", fields: "billing", form: "billing_form", body: "BillProfileChange", touches: ["bill-profiles", "customers", "invoices"],
  // The tax and the delivery are told by their texts, and whose a setting is by the setting.
  reread: ({ account_id }: BillProfile) => readBillProfile(account_id).then(({ tax: _tax, sources: _sources, delivery: _delivery, ...told }) => told),
  send: ({ account_id }: BillProfile, body: never, headers: Parameters<Parameters<typeof formDialog<BillProfile, unknown>>[0]["send"]>[2]) =>
    api.PATCH("/v1/accounts/{account_id}/bill-profile", { params: { path: { account_id } }, body, headers }),
} as const;

/** An empty field takes the operator's terms. */
export const TermsDialog = formDialog<BillProfile, unknown>({
  ...common, title: "billing.terms", verb: "billing.save", wish: { only: ["terms_days"] },
  given: ({ terms_days, sources }) => ({ ...(sources["terms_days"] === "account" ? { terms_days: String(terms_days) } : {}) }),
  toSend: ({ terms_days }) => ({ terms_days: terms_days ?? null }),
  note: () => <ProfileNote of="terms" />,
});

/** An empty field is no late fees. */
export const LateFeeDialog = formDialog<BillProfile, unknown>({
  ...common, title: "billing.late_fees", verb: "billing.save", wish: { only: ["late_fee_policy"] },
  given: ({ late_fee_policy }) => ({ late_fee_policy: late_fee_policy ?? "" }),
  toSend: ({ late_fee_policy }) => ({ late_fee_policy: late_fee_policy ?? null }),
  note: () => <ProfileNote of="late_fees" />,
});

/** An empty field leaves it to the operator's policy. */
export const ApprovalDialog = formDialog<BillProfile, unknown>({
  ...common, title: "billing.approval", verb: "billing.save", wish: { only: ["approval"] },
  given: ({ approval }) => ({ approval: approval === "always" ? approval : "" }),
  toSend: ({ approval }) => ({ approval: approval ?? null }),
  note: () => <ProfileNote of="approval" />,
});

/** An empty field is the operator. */
export const EntityDialog = formDialog<BillProfile, unknown>({
  ...common, title: "billing.issuer", verb: "billing.save", wish: { only: ["legal_entity"] },
  given: ({ legal_entity }) => ({ legal_entity: legal_entity ?? "" }),
  toSend: ({ legal_entity }) => ({ legal_entity: legal_entity ?? null }),
  note: () => <ProfileNote of="legal_entity" />,
});

const kindOf = (form: Pick<Form, "values">) => String(form.values.get("/tax/kind") ?? "");

/** Of one rate nothing else is asked; of tables no rate. */
const shows = ({ pointer }: FormField, form: Form) => pointer === "/tax/kind" || (pointer === "/tax/rate") === (kindOf(form) === "account_rate");

export const TaxDialog = formDialog<BillProfile, unknown>({
  ...common, title: "billing.tax", verb: "billing.save", wish: { only: ["tax"], needed: ["/tax/kind", "/tax/rate"] }, given: givenOf, shows,
  note: (form) => <ProfileNote of={kindOf(form) === "determined" ? "determined" : "rate"} />,
});

function givenOf({ tax, tax_rate }: BillProfile): Record<string, Value> {
  const text = (name: string): Record<string, string> => (typeof tax[name] === "string" ? { [name]: tax[name] } : {});
  const list = (name: string): readonly string[] => (Array.isArray(tax[name]) ? tax[name].map(String) : []);
  const at = (pointer: string, said: Record<string, string>): Record<string, string> => Object.fromEntries(Object.values(said).map((value) => [pointer, value]));
  return {
    ...at("/tax/kind", text("kind")), ...(tax_rate === null ? {} : { "/tax/rate": tax_rate }),
    ...at("/tax/seller/country", text("seller_country")), ...at("/tax/seller/place", text("seller_place")), ...at("/tax/seller/evidence_needed", text("evidence_needed")),
    "/tax/seller/registrations": list("registrations").join("\n"), ...at("/tax/place/jurisdiction_id", text("place")), ...at("/tax/default_tax_class", text("default_tax_class")),
    "/tax/seller/consumer_country": String(tax["consumer_country"] !== "no"),
    "/tax/evidence": list("evidence").map((piece) => { const [kind = "", country = ""] = piece.split(":"); return { kind, country }; }),
  };
}
