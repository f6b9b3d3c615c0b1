/** For a URL that no page answers. */
import { Link } from "react-router";
import { useI18n } from "../lib/i18n";
import { EmptyState } from "../ui/States";
import { PageTitle } from "../ui/PageTitle";

export function NotFound() {
  const { t } = useI18n();
  return (
    <>
      <PageTitle of={t("not_found.title")} />
      <h1 className="visually-hidden">{t("not_found.title")}</h1>
      <EmptyState icon="search" title={t("not_found.title")}><Link to="/">{t("not_found.home")}</Link></EmptyState>
    </>
  );
}
