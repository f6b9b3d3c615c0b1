/** `/reports/files`: files that were asked for. */
import { FilesView } from "../../features/reporting/reports/FilesView";
import { ReportsTabs } from "../../features/reporting/reports/ReportsTabs";

export default function ReportFilesPage() {
  return <div className="stack"><ReportsTabs current="files" /><FilesView /></div>;
}
