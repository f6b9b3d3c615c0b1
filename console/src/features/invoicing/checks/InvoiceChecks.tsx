/** What people and a tax authority have said of an invoice, and which document it raises or is raised by. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Instant, Money } from "../../../ui/Value";
import { invoicePath, type InvoiceDetail } from "../queries";

export default function InvoiceChecks({ invoice: { approval, clearance, corrects, debit_notes, reason } }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const label = useLabel();
  const isCleared = clearance.status !== "none";
  return (
    <>
      {(approval !== null || isCleared || corrects !== null) && (
        <Card title={t("checks.title")}>
          <Facts
            facts={[
              corrects !== null && [t("checks.corrects"), <Link key="corrects" className="nowrap" to={invoicePath(corrects)} dir="ltr">{corrects}</Link>],
              corrects !== null && reason !== null && [t("checks.reason"), label(`credit_reason.${reason}`, reason)],
              approval !== null && [t("checks.approval"), t(`approval_status.${approval.status}`)],
              approval !== null && approval.asked_by !== null && [t("checks.asked_by"), <span key="asked" dir="ltr">{approval.asked_by}</span>],
              approval !== null && approval.by !== null && [t("checks.by"), <span key="by" dir="ltr">{approval.by}</span>],
              approval !== null && approval.reason !== null && [t("checks.reason"), <span key="why" dir="auto">{approval.reason}</span>],
              isCleared && [t("checks.clearance"), t(`clearance_status.${clearance.status}`)],
              isCleared && clearance.authority !== null && [t("checks.authority"), clearance.authority],
              clearance.reference !== null && [t("checks.reference"), <span key="reference" className="number" dir="ltr">{clearance.reference}</span>],
              clearance.reason !== null && [t("checks.reason"), <span key="refused" dir="auto">{clearance.reason}</span>],
              clearance.at !== null && [t("checks.at"), <Instant key="at" value={clearance.at} />],
            ]}
          />
        </Card>
      )}
      {debit_notes.length > 0 && (
        <Card title={t("checks.debit_notes")}>
          <Facts facts={debit_notes.map(({ id, number, total }) => [number ?? id, <Link key={id} to={invoicePath(id)}><Money value={total} /></Link>] as const)} />
        </Card>
      )}
    </>
  );
}
