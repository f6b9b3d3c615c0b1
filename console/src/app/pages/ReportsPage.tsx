/** `/reports`: every report there is. */
import { CatalogueView } from "../../features/reporting/reports/CatalogueView";
import { ReportsTabs } from "../../features/reporting/reports/ReportsTabs";

export default function ReportsPage() {
  return <div className="stack"><ReportsTabs current="catalogue" /><CatalogueView /></div>;
}
