/** How payments are handled, as a whole: what holds now is in the form, and all of it is sent. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readSettings, type PaymentSettings } from "./queries";

export const SettingsDialog = formDialog<PaymentSettings, unknown>({
  words: "payment_settings_change", title: "payment_settings.title", verb: "payment_settings.save", fields: "payment_settings", form: "payment_settings_form", body: "SettingsBody", touches: ["payment-settings"],
  // Nothing stands for these: left out they would be as they were at first.
  wish: { needed: ["/allocation", "/collect", "/abandon_hours"] },
  reread: () => readSettings(),
  from: (settings) => settings,
  toSend: (written) => ({ retry_days: [], ...written }),
  send: (_settings, body, headers) => api.PUT("/v1/payment-settings", { body, headers }),
});
