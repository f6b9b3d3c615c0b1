/** A page, or, for whoever is held to legal entities and has no use for it, that it is of the whole operator. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../lib/i18n";
import { PageTitle } from "../ui/PageTitle";
import { EmptyState } from "../ui/States";
import { useIsOpen } from "./open";

export function OpenPage({ path, children }: { path: string; children: ReactNode }) {
  const { t } = useI18n();
  if (useIsOpen()(path)) return children;
  return (
    <>
      <PageTitle of={t("closed_page.title")} />
      <h1 className="visually-hidden">{t("closed_page.title")}</h1>
      <EmptyState icon="lock" title={t("closed_page.title")}><Link to="/">{t("not_found.home")}</Link></EmptyState>
    </>
  );
}
