/** `/journal/exports`: what of the journal was handed to bookkeeping. */
import { useMay } from "../../features/identity/session";
import { ExportsView } from "../../features/reporting/journal/ExportsView";
import { JournalTabs } from "../../features/reporting/journal/JournalTabs";

export default function JournalExportsPage() {
  return <div className="stack"><JournalTabs current="exports" /><ExportsView mayExport={useMay("issue")} /></div>;
}
