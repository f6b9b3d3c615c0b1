/** `/settings/tax-rates`: what is in force today, and all that was and will be. */
import { useMemo } from "react";
import { useMay } from "../../features/identity/session";
import { ImportButton } from "../../features/invoicing/taxTables/ImportButton";
import { taxRateList } from "../../features/invoicing/taxTables/taxRateList";
import { useToday } from "../../lib/clock";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function TaxRatesPage() {
  const today = useToday();
  const mayWrite = useMay("write");
  const spec = useMemo(() => taxRateList(today), [today]);
  return <div className="stack"><SettingsTabs current="tax_rates" /><ListPage spec={spec} mayCreate={mayWrite} aside={mayWrite && <ImportButton table="rates" />} /></div>;
}
