/** When invoices fall due: the account's own terms, or those that the operator has for all. */
import { lazy } from "react";
import { useI18n } from "../../../../lib/i18n";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { EditButton } from "../EditButton";
import { section, type SectionProps } from "../section";
import { Sourced } from "../Sourced";

const TermsDialog = lazy(async () => ({ default: (await import("../dialogs")).TermsDialog }));

function TermsSection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  return (
    <Card title={t("billing.terms")}>
      <Facts facts={[[t("billing.terms_days"), <Sourced key="days" source={profile.sources["terms_days"] ?? "operator"}>{t("billing.days", { count: profile.terms_days })}</Sourced>]]} />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.terms")} Dialog={TermsDialog} />
    </Card>
  );
}

export default section({ order: 10, Section: TermsSection });
