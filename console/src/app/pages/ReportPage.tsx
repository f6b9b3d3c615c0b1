/** `/reports/:id`: one report, its rows and its files. */
import { useParams } from "react-router";
import { ReportsTabs } from "../../features/reporting/reports/ReportsTabs";
import { ReportView } from "../../features/reporting/reports/ReportView";

export default function ReportPage() {
  const { id = "" } = useParams();
  return <div className="stack"><ReportsTabs current="catalogue" /><ReportView key={id} name={id} /></div>;
}
