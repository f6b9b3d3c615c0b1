/** Whether the customer's invoices wait for an approval: each of them, or those that the operator's policy says. */
import { lazy } from "react";
import { useI18n } from "../../../../lib/i18n";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { EditButton } from "../EditButton";
import { section, type SectionProps } from "../section";
import { Sourced } from "../Sourced";

const ApprovalDialog = lazy(async () => ({ default: (await import("../dialogs")).ApprovalDialog }));

function ApprovalSection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  const asked = t(profile.approval === "always" ? "billing.approval_always" : "billing.approval_policy");
  return (
    <Card title={t("billing.approval")}>
      <Facts facts={[[t("billing.approval_of"), <Sourced key="approval" source={profile.sources["approval"] ?? "operator"}>{asked}</Sourced>]]} />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.approval")} Dialog={ApprovalDialog} />
    </Card>
  );
}

export default section({ order: 12, Section: ApprovalSection });
