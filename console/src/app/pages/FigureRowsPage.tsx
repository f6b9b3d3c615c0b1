/** `/analytics/rows?of=…`: the rows behind a figure, where no list of the console has exactly these. */
import { Rows } from "../../features/reporting/analytics/Rows";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import { Link } from "react-router";

export default function FigureRowsPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("analytics.rows")} />
      <nav className="breadcrumb" aria-label={t("analytics.rows")}><Link to="/analytics">{t("nav.analytics")}</Link></nav>
      <Rows />
    </div>
  );
}
