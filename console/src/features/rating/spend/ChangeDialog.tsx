/** Changes what a spend alert waits for and what happens then; from there on it is as new. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readSpendAlert, type SpendAlert } from "./queries";

export const ChangeDialog = formDialog<SpendAlert, unknown>({
  fields: "alert", touches: ["customers"], reread: ({ id }) => readSpendAlert(id),
  words: "alert_change", title: "alert.edit", verb: "alert.save", body: "SpendAlertChange", form: "alert_form",
  given: ({ threshold, action }) => ({ threshold, action }),
  send: ({ id }, body, headers) => api.PATCH("/v1/spend-alerts/{alert_id}", { params: { path: { alert_id: id } }, body, headers }),
});
