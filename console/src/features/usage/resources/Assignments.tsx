/** Whose a line was, one assignment after the other, the latest first. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState } from "../../../ui/States";
import { Instant } from "../../../ui/Value";
import type { Assignment } from "./queries";

export function Assignments({ assignments }: { assignments: readonly Assignment[] }) {
  const { t } = useI18n();
  return (
    <Card title={t("resource.over_time")} flush>
      {assignments.length === 0 && <EmptyState icon="people" title={t("resource.never_assigned")} />}
      {assignments.length > 0 && (
        <PlainTable label={t("resource.over_time")} className="stacked">
          <thead>
            <tr><th scope="col">{t("usage.customer")}</th><th scope="col">{t("usage.service")}</th><th scope="col">{t("resource.from")}</th><th scope="col">{t("resource.to")}</th></tr>
          </thead>
          <tbody>
            {assignments.toSorted((one, other) => other.from.localeCompare(one.from)).map(({ account_id, subscription_id, from, to }) => (
              <tr key={`${subscription_id} ${from}`}>
                <th scope="row"><CustomerName id={account_id} link /></th>
                <td data-label={t("usage.service")}><Link to={`/services/${encodeURIComponent(subscription_id)}`} dir="ltr">{subscription_id}</Link></td>
                <td data-label={t("resource.from")}><Instant value={from} /></td>
                <td data-label={t("resource.to")}>{to === null ? <span className="muted">{t("resource.open")}</span> : <Instant value={to} />}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}
