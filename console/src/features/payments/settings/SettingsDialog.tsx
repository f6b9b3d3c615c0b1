/** How payments are handled, as a whole. Days, tolerances and limits are lists by currency or role, written as they are sent. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readSettings, type PaymentSettings } from "./queries";

export const SettingsDialog = formDialog<PaymentSettings, unknown>({
  words: "payment_settings_change", title: "payment_settings.title", verb: "payment_settings.save", fields: "payment_settings", form: "payment_settings_form", body: "SettingsBody", touches: ["payment-settings"],
  wish: { whole: true },
  reread: () => readSettings(),
  given: ({ allocation, collect, retry_days, fallback, abandon_hours, tolerances, adjustment_limits, refund_limits, write_off_limits, top_ups }) => ({
    "/allocation": allocation, "/collect": collect, "/fallback": String(fallback), "/abandon_hours": String(abandon_hours),
    "/retry_days": JSON.stringify(retry_days), "/tolerances": JSON.stringify(tolerances), "/adjustment_limits": JSON.stringify(adjustment_limits),
    "/refund_limits": JSON.stringify(refund_limits), "/write_off_limits": JSON.stringify(write_off_limits), "/top_ups": JSON.stringify(top_ups),
  }),
  send: (_settings, body, headers) => api.PUT("/v1/payment-settings", { body, headers }),
});
