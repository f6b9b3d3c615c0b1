/** `/settings/tax-exemptions`: who is free of which tax, and by which certificate. */
import { useMemo } from "react";
import { useMay } from "../../features/identity/session";
import { exemptionList } from "../../features/invoicing/taxTables/exemptionList";
import { useToday } from "../../lib/clock";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function TaxExemptionsPage() {
  const today = useToday();
  const spec = useMemo(() => exemptionList(today), [today]);
  return <div className="stack"><SettingsTabs current="exemptions" /><ListPage spec={spec} mayCreate={useMay("write")} /></div>;
}
