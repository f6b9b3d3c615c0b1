/** How the customer is taxed: by one rate of the account, or as rules and tables say for where they are. */
import { lazy } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../../lib/i18n";
import { formatDecimal, plain } from "../../../../lib/money";
import { Card } from "../../../../ui/Card";
import { Facts, type Fact } from "../../../../ui/Facts";
import { Nothing } from "../../../../ui/Value";
import { EditButton } from "../EditButton";
import type { BillProfile } from "../queries";
import { section, type SectionProps } from "../section";
import { Sourced } from "../Sourced";

const TaxDialog = lazy(async () => ({ default: (await import("../dialogs")).TaxDialog }));

function TaxSection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  return (
    <Card title={t("billing.tax")}>
      <Facts facts={useFacts(profile)} />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.tax")} Dialog={TaxDialog} />
    </Card>
  );
}

function useFacts(profile: BillProfile): readonly Fact[] {
  const { t, locale } = useI18n();
  const label = useLabel();
  const { tax_rate, tax_kind, tax_place: place, tax_evidence, tax_registrations, tax_seller_place } = profile;
  const kind: Fact = [t("billing.tax_kind"), <Sourced key="kind" source="account">{label(`billing_form.kind_${tax_kind ?? ""}`, tax_kind ?? "")}</Sourced>];
  if (tax_rate !== null) return [kind, [t("billing.tax_rate"), <span key="rate" className="number" dir="ltr">{`${formatDecimal(locale, plain(tax_rate))}\u00a0%`}</span>]];
  return [
    kind,
    [t("billing.tax_place"), place === null ? <Nothing key="place" /> : <Link key="place" to={`/settings?at=${encodeURIComponent(place)}`} dir="ltr">{place}</Link>],
    [t("billing.tax_seller_country"), profile.tax_seller_country],
    tax_seller_place !== null && [t("billing.tax_seller_place"), tax_seller_place],
    [t("billing.tax_tax_country"), profile.tax_tax_country ?? <span key="consumer" className="muted">{t("billing.consumer")}</span>],
    [t("billing.tax_default_tax_class"), profile.tax_default_tax_class ?? <Nothing key="class" />],
    tax_evidence !== null && [t("billing.tax_evidence"), tax_evidence.split(", ").map((piece) => { const [of = "", country = ""] = piece.split(":"); return `${label(`billing_form.kind_${of}`, of)}: ${country}`; }).join(", ")],
    tax_evidence !== null && [t("billing.tax_evidence_needed"), t("billing.pieces", { count: Number(profile.tax_evidence_needed ?? 2) })],
    [t("billing.tax_consumer_country"), t(profile.tax_consumer_country === "no" ? "billing.no" : "billing.yes")],
    tax_registrations !== null && [t("billing.tax_registrations"), tax_registrations],
  ];
}

export default section({ order: 20, Section: TaxSection });
