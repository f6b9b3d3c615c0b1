/** `/plans/rate-tables`: what calls cost by destination. */
import { useMay } from "../../features/identity/session";
import { rateTableList } from "../../features/rating/rateTables/rateTableList";
import { TariffTabs } from "../../features/rating/TariffTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function RateTablesPage() {
  return <div className="stack"><TariffTabs current="rate_tables" /><ListPage spec={rateTableList} mayCreate={useMay("write")} /></div>;
}
