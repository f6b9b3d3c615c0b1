/** `/reports/schedules`: reports at regular times. */
import { SchedulesView } from "../../features/reporting/reports/SchedulesView";
import { ReportsTabs } from "../../features/reporting/reports/ReportsTabs";

export default function ReportSchedulesPage() {
  return <div className="stack"><ReportsTabs current="schedules" /><SchedulesView /></div>;
}
