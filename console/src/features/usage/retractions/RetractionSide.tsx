/** Beside a retraction's page: what may be done, what was taken back, why and by whom, and where to look on. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Value";
import { Reason } from "../Reason";
import "../records/RecordWay.css";
import { offered, retractionActions } from "./actions";
import type { Retraction } from "./queries";
import { WhatWasTaken } from "./WhatWasTaken";

export function RetractionSide({ retraction, mayWrite }: { retraction: Retraction; mayWrite: boolean }) {
  const { t } = useI18n();
  const { id, reason, note, actor, created_at, batch_id } = retraction;
  return (
    <aside className="stack" aria-label={t("retraction.summary")}>
      <ActionButtons thing={offered(retraction, mayWrite)} actions={retractionActions} />
      <Card title={t("retraction.facts")}>
        <Facts
          facts={[
            [t("retraction.what"), <WhatWasTaken key="what" retraction={retraction} link />],
            [t("retraction.reason"), <Reason key="why" reason={reason} detail={null} />],
            note !== null && [t("retraction.note"), <span key="note" className="break" dir="auto">{note}</span>],
            [t("retraction.created_at"), <Instant key="at" value={created_at} seconds />],
            [t("retraction.actor"), <span key="by" dir="ltr">{actor}</span>],
            [t("retraction.id"), <span key="id" className="row"><code className="break" dir="ltr">{id}</code><CopyButton text={id} /></span>],
          ]}
        />
      </Card>
      <Card title={t("retraction.look")}>
        <ul className="way-list">
          <li><Link to="/usage?status=not_billed">{t("retraction.usage")}</Link></li>
          {batch_id !== null && <li><Link to={`/usage/quarantine?batch_id=${encodeURIComponent(batch_id)}`}>{t("retraction.quarantine")}</Link></li>}
        </ul>
      </Card>
    </aside>
  );
}
