/** Beside a record's page: what it is called, where it stands, and what came before or after it of the same line. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant } from "../../../ui/Value";
import { Reason } from "../Reason";
import { recordActions } from "./actions";
import { lateness_days } from "./late";
import type { RecordDetail } from "./queries";
import "./RecordWay.css";

export function RecordSide({ record }: { record: RecordDetail }) {
  const { id, source, resource, state, reason, detail, started_at, recorded_at, retraction } = record;
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
        <ActionButtons thing={record} actions={recordActions} />
      </Card>
      {retraction && <Retraction retraction={retraction} />}
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

/** Who took it back and why; restored, it says so no longer by its state. */
function Retraction({ retraction: { id, actor, note, refusal, retracted_at, replaced_by } }: { retraction: NonNullable<RecordDetail["retraction"]> }) {
  const { t } = useI18n();
  return (
    <Card title={t("usage_record.retracted_at")}>
      <Facts
        facts={[
          [t("usage_record.retracted_at"), <Link key="at" to={`/usage/retractions/${encodeURIComponent(id)}`}><Instant value={retracted_at} seconds /></Link>],
          [t("usage_record.retracted_by"), <span key="by" dir="ltr">{actor}</span>],
          note !== null && [t("usage_record.note"), note],
          refusal !== null && [t("usage_record.refused"), <Reason key="refusal" reason={refusal} detail={null} />],
          replaced_by !== null && [t("usage_record.replaced_by"), <code key="replaced" dir="ltr">{replaced_by}</code>],
        ]}
      />
    </Card>
  );
}
