/** By which policy the customer is charged for paying late, if by any. */
import { lazy } from "react";
import { Link } from "react-router";
import { useChosen } from "../../../../lib/form/pickers";
import { useI18n } from "../../../../lib/i18n";
import { useListState } from "../../../../lib/listState";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { EditButton } from "../EditButton";
import { section, type SectionProps } from "../section";

const LateFeeDialog = lazy(async () => ({ default: (await import("../dialogs")).LateFeeDialog }));

function LateFeeSection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  const list = useListState();
  const { late_fee_policy: id } = profile;
  const policy = useChosen("late_fee_policy", id ?? "");
  return (
    <Card title={t("billing.late_fees")} aside={<Link to={list.href({ view: "late_fees" })}>{t("billing.late_fees_charged")}</Link>}>
      <Facts facts={[[t("billing.late_fee_policy"), id === null ? <span key="none" className="muted">{t("billing.no_late_fees")}</span> : <Link key="policy" to="/invoices/late-fee-policies" dir="auto">{policy?.label ?? id}</Link>]]} />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.late_fees")} Dialog={LateFeeDialog} />
    </Card>
  );
}

export default section({ order: 14, Section: LateFeeSection });
