/** `/reratings/new`, and with `?plan=fibre&version=2` for that version: asks for a dry run. */
import { Link } from "react-router";
import { NewRerating } from "../../features/rating/reratings/NewRerating";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function NewReratingPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("reratings.create")} />
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/reratings">{t("reratings.title")}</Link></nav>
      <h1>{t("reratings.create")}</h1>
      <NewRerating />
    </div>
  );
}
