/** Beside a record's page: what it is called, where it stands, and what came before or after it of the same line. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { StatusTag } from "../../../ui/StatusTag";
import { Reason } from "../Reason";
import { lateness_days } from "./late";
import type { RecordDetail } from "./queries";
import "./RecordWay.css";

export function RecordSide({ record: { id, source, resource, state, reason, detail, started_at, recorded_at } }: { record: RecordDetail }) {
  const { t } = useI18n();
  const late = lateness_days(started_at, recorded_at);
  return (
    <aside className="stack" aria-label={t("usage_record.summary")}>
      <Card title={t("usage_record.facts")}>
        <Facts
          facts={[
            [t("usage.state"), <StatusTag key="state" kind="usage" status={state} />],
            (reason !== null || detail !== null) && [t("usage.reason"), <Reason key="reason" reason={reason} detail={detail} />],
            late > 0 && [t("usage_record.lateness"), t("usage.late", { count: late })],
            [t("usage.id"), <span key="id" dir="ltr"><code>{id}</code><CopyButton text={id} /></span>],
          ]}
        />
      </Card>
      <Card title={t("usage_record.look")}>
        <ul className="way-list">
          <li><Link to={`/usage?source=${encodeURIComponent(source)}`}>{t("usage_record.of_source")}</Link></li>
          {resource !== null && <li><Link to={`/usage?resource=${encodeURIComponent(resource)}`}>{t("usage_record.of_resource")}</Link></li>}
          {state === "quarantined" && <li><Link to={`/usage/quarantine?id=${encodeURIComponent(id)}`}>{t("usage_record.in_quarantine")}</Link></li>}
        </ul>
      </Card>
    </aside>
  );
}
