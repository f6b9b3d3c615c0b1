/** `/settings/invoice-policy`: what is demanded of every invoice before it is issued, and after. */
import { useMay } from "../../features/identity/session";
import { PolicyView } from "../../features/invoicing/policy/PolicyView";
import { SettingsTabs } from "../SettingsTabs";

export default function InvoicePolicyPage() {
  return <div className="stack"><SettingsTabs current="policy" /><PolicyView mayChange={useMay("manage_access")} /></div>;
}
