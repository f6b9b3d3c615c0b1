/** `/settings/payments`: how payments are handled, by the operator. */
import { useMay } from "../../features/identity/session";
import { SettingsView } from "../../features/payments/settings/SettingsView";
import { SettingsTabs } from "../SettingsTabs";

export default function PaymentSettingsPage() {
  return <div className="stack"><SettingsTabs current="payment_settings" /><SettingsView mayChange={useMay("manage_access")} /></div>;
}
