/** `/analytics`: the figures of the business and where they come from. */
import { AnalyticsView } from "../../features/reporting/analytics/AnalyticsView";

export default function AnalyticsPage() {
  return <div className="stack"><AnalyticsView /></div>;
}
