/** What holds for accounts without credit terms of their own, as a whole. Without a number of days anybody is made prepaid. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readCreditSettings, type CreditSettings } from "./queries";

export const CreditSettingsDialog = formDialog<CreditSettings, unknown>({
  words: "credit_settings_change", title: "credit_settings.title", verb: "limits.save", fields: "credit_settings", form: "credit_settings_form", body: "CreditSettingsBody", touches: ["credit-settings", "exposures"],
  reread: () => readCreditSettings(),
  from: (settings) => settings,
  toSend: (written) => ({ overdue_days_max: null, ...written }),
  send: (_settings, body, headers) => api.PUT("/v1/credit-settings", { body, headers }),
});
