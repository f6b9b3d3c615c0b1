/** What a customer's commands ask before they are sent. */
import { api } from "../../../lib/api";
import type { Translate } from "../../../lib/i18n";
import { confirmDialog, differing, formDialog } from "../../../ui/command/dialogs";
import { CycleEffect, type CycleChange } from "./CycleEffect";
import { nameOf, readCustomer, type CustomerDetail } from "./queries";

const touches = ["customers", "accounts", "billing-cycles"];
const path = ({ id }: CustomerDetail) => ({ path: { account_id: id } });
const reread = ({ id }: CustomerDetail) => readCustomer(id);
const common = { fields: "customer", touches, reread };
const facts = (customer: CustomerDetail, t: Translate) => [[t("customer.name"), nameOf(customer.name) ?? customer.id], [t("customer.id"), customer.id]] as const;

const edited = ["name", "address", "tax_id", "email", "language", "parent_id", "billed_by"] as const;

export const EditDialog = formDialog<CustomerDetail, unknown>({
  ...common, words: "customer_edit", title: "customer.edit", verb: "customer.save", body: "AccountBody", wish: { only: edited, first: ["name"] }, form: "customer_form",
  given: ({ name, address, tax_id, email, language, parent_id, billed_by, id }) => ({
    name, ...(tax_id ? { tax_id } : {}), ...(email ? { email } : {}), ...(language ? { language } : {}), ...(parent_id ? { parent_id } : {}), ...(billed_by === id ? {} : { billed_by }),
    ...(address ? { "/address/lines": address.lines.join("\n"), "/address/postal_code": address.postal_code, "/address/city": address.city, "/address/region": address.region ?? "", "/address/country": address.country } : {}),
  }),
  toSend: (written, customer) => differing(written, { ...customer, address: plainAddress(customer), billed_by: customer.billed_by === customer.id ? null : customer.billed_by }, edited),
  send: (customer, body, headers) => api.PATCH("/v1/accounts/{account_id}", { params: path(customer), body, headers }),
});

/** As a form makes it: without what is not there. */
function plainAddress({ address }: CustomerDetail) {
  if (!address) return null;
  const { lines, postal_code, city, region, country } = address;
  return { lines, postal_code, city, ...(region ? { region } : {}), country };
}

export const CycleDialog = formDialog<CustomerDetail, unknown, CycleChange>({
  ...common, words: "customer_cycle", title: "customer.change_cycle", verb: "customer.change_cycle", body: "CycleChangeBody", wish: { omit: ["preview"] }, form: "customer_form",
  given: () => ({ transition: "short" }),
  send: (customer, body: object, headers) => api.POST("/v1/accounts/{account_id}/cycle", { params: path(customer), body: { ...body, preview: false } as never, headers }),
  preview: (customer, body: object) => api.POST("/v1/accounts/{account_id}/cycle", { params: path(customer), body: { ...body, preview: true } as never }),
  Preview: CycleEffect,
});

export const HoldDialog = formDialog<CustomerDetail, unknown>({
  ...common, words: "customer_hold", title: "customer.hold", verb: "customer.hold", body: "HoldBody", form: "customer_form",
  send: (customer, body, headers) => api.POST("/v1/accounts/{account_id}/hold", { params: path(customer), body, headers }),
});

export const ReleaseDialog = confirmDialog<CustomerDetail, unknown>({
  ...common, words: "customer_release", verb: "customer.release", facts,
  send: (customer, headers) => api.POST("/v1/accounts/{account_id}/release", { params: path(customer), headers }),
});

export const CloseDialog = confirmDialog<CustomerDetail, unknown>({
  ...common, words: "customer_close", verb: "customer.close", facts,
  send: (customer, headers) => api.POST("/v1/accounts/{account_id}/close", { params: path(customer), headers }),
});

export const ReopenDialog = confirmDialog<CustomerDetail, unknown>({
  ...common, words: "customer_reopen", verb: "customer.reopen", facts,
  send: (customer, headers) => api.POST("/v1/accounts/{account_id}/reopen", { params: path(customer), headers }),
});
