/** Takes a one-time charge back before a bill has it. */
import { api } from "../../../lib/api";
import { confirmDialog } from "../../../ui/command/dialogs";
import { BillingDate, Money } from "../../../ui/Value";
import { readOneTimeCharge, type OneTimeCharge } from "./queries";

export const CancelDialog = confirmDialog<OneTimeCharge, unknown>({
  words: "charge_cancel", verb: "charge.cancel", fields: "charge", touches: ["customers", "subscriptions"],
  facts: ({ description, on, amount }, t) => [[t("charge.description"), description], [t("charge.on"), <BillingDate key="on" value={on} />], [t("charge.amount"), <Money key="amount" value={amount} />, "sum"]],
  send: ({ id }, headers) => api.POST("/v1/one-time-charges/{charge_id}/cancel", { params: { path: { charge_id: id } }, headers }),
  reread: ({ id }) => readOneTimeCharge(id),
});
