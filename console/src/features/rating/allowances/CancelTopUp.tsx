/** Takes back what is not used of a top-up, with the same share of its price, or without. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readTopUp, type TopUp } from "./queries";

export const CancelTopUp = formDialog<TopUp, unknown>({
  fields: "topped", touches: ["subscriptions", "customers"], reread: ({ id }) => readTopUp(id),
  words: "topped_cancel", title: "topped.cancel", verb: "topped.cancel", body: "CancelTopUpBody", form: "topped_form",
  send: ({ id }, body, headers) => api.POST("/v1/top-ups/{top_up_id}/cancel", { params: { path: { top_up_id: id } }, body, headers }),
});
