/** `/settings/chart-of-accounts`: which number of bookkeeping stands for which account of the journal. */
import { useMay } from "../../features/identity/session";
import { ChartView } from "../../features/payments/chart/ChartView";
import { SettingsTabs } from "../SettingsTabs";

export default function ChartOfAccountsPage() {
  return <div className="stack"><SettingsTabs current="chart" /><ChartView mayChange={useMay("manage_access")} /></div>;
}
