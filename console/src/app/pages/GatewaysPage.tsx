/** `/settings/gateways`: payment gateways, what they were given and how they do. */
import { useMay } from "../../features/identity/session";
import { GatewaysView } from "../../features/payments/gateways/GatewaysView";
import { SettingsTabs } from "../SettingsTabs";

export default function GatewaysPage() {
  return <div className="stack"><SettingsTabs current="gateways" /><GatewaysView mayChange={useMay("manage_access")} /></div>;
}
