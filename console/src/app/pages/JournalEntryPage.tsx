/** `/journal/entries/:id`: one entry, with the chain to its event and its document. */
import { Link, useParams } from "react-router";
import { EntryView } from "../../features/reporting/journal/EntryView";
import { useI18n } from "../../lib/i18n";

export default function JournalEntryPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <div className="stack">
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/journal">{t("journal.title")}</Link></nav>
      <EntryView key={id} id={id} />
    </div>
  );
}
