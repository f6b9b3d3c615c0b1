/** Beside a file's page: what may be done, what it is, and where its records are. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Value";
import "../records/RecordWay.css";
import { fileActions, offered } from "./actions";
import { Format, Size } from "./Format";
import type { FileDetail } from "./queries";

export function FileSide({ file, mayWrite }: { file: FileDetail; mayWrite: boolean }) {
  const { t } = useI18n();
  return (
    <aside className="stack" aria-label={t("file.summary")}>
      <ActionButtons thing={offered(file, mayWrite)} actions={fileActions} />
      <Card title={t("file.facts")}>
        <Facts
          facts={[
            [t("file.source"), <Link key="source" to={`/usage/sources/${encodeURIComponent(file.source)}`} dir="ltr">{file.source}</Link>],
            [t("file.format"), <Format key="format" format={file.format} />],
            [t("file.size"), <Size key="size" bytes={file.size_bytes} />],
            [t("file.sent_at"), <Instant key="sent" value={file.created_at} seconds />],
            [t("file.ended_at"), <Instant key="ended" value={file.finished_at} seconds />],
            [t("file.owner"), <span key="owner" dir="ltr">{file.owner}</span>],
            [t("file.sha256"), <span key="sha256" className="row"><code dir="ltr">{file.sha256.slice(0, 12)}…</code><CopyButton text={file.sha256} /></span>],
          ]}
        />
      </Card>
      <Card title={t("file.look")}>
        <ul className="way-list">
          <li><Link to={`/usage?source=${encodeURIComponent(file.source)}`}>{t("file.usage")}</Link></li>
          <li><Link to={`/usage/quarantine?batch_id=${encodeURIComponent(file.id)}`}>{t("file.parked")}</Link></li>
        </ul>
      </Card>
    </aside>
  );
}
