/** `/settings/payments`: how payments are handled, and what holds for credit and wallets, by the operator. */
import { useMay } from "../../features/identity/session";
import { CreditSettingsCard } from "../../features/payments/limits/CreditSettingsCard";
import { SettingsView } from "../../features/payments/settings/SettingsView";
import { SettingsTabs } from "../SettingsTabs";

export default function PaymentSettingsPage() {
  const mayChange = useMay("manage_access");
  return (
    <div className="stack">
      <SettingsTabs current="payment_settings" />
      <SettingsView mayChange={mayChange} />
      <CreditSettingsCard mayChange={mayChange} />
    </div>
  );
}
