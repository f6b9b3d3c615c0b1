/** `/journal/revenue`: what is earned by month, deferred and unbilled. */
import { JournalTabs } from "../../features/reporting/journal/JournalTabs";
import { RevenueView } from "../../features/reporting/journal/RevenueView";

export default function RevenuePage() {
  return <div className="stack"><JournalTabs current="revenue" /><RevenueView /></div>;
}
