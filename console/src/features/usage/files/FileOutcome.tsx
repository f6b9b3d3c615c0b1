/** What became of a file: how far it is, what was counted, what waits, and which of its pieces were refused and why. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { hasEnded } from "../../../lib/jobs";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { Count } from "../../../ui/Value";
import "./files.css";
import { isUnderWay, refusedPath, type FileDetail } from "./queries";
import "../../../ui/Progress.css";

export function FileOutcome({ file }: { file: FileDetail }) {
  return (
    <>
      <Counted file={file} />
      <RefusedPieces file={file} />
    </>
  );
}

function Counted({ file }: { file: FileDetail }) {
  const { t } = useI18n();
  const { records } = file;
  const batch = `batch_id=${encodeURIComponent(file.id)}`;
  return (
    <Card title={t("file.outcome")}>
      <div className="stack">
        {isUnderWay(file) && (
          <div className="stack tight" role="status">
            <progress className="bar" aria-label={t("file.progress")} />
            <span className="small muted">{t(hasEnded(file) ? "file.counting" : "file.reading", { count: file.done + file.failed })}</span>
          </div>
        )}
        <Facts
          facts={[
            [t("file.accepted"), <Count key="accepted" value={records.accepted} />],
            [t("file.quarantined"), records.quarantined > 0 ? <Link key="parked" to={`/usage/quarantine?${batch}`}><Count value={records.quarantined} /></Link> : <Count key="parked" value={0} />],
            records.duplicates > 0 && [t("file.duplicates"), <Count key="duplicates" value={records.duplicates} />],
            records.conflicts > 0 && [t("file.conflicts"), <Count key="conflicts" value={records.conflicts} />],
            [t("file.refused"), <Count key="refused" value={file.failed} />],
            [t("file.in_it"), <Count key="all" value={file.done + file.failed} />, "sum"],
          ]}
        />
        {records.quarantined > 0 && <p className="small muted">{t("file.quarantined_hint")}</p>}
      </div>
    </Card>
  );
}

function RefusedPieces({ file: { id, failed, failures, refused_kept } }: { file: FileDetail }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  if (failed === 0) return null;
  return (
    <Card title={t("file.refused_title")} flush aside={<a className="button" href={refusedPath(id)} download><Icon name="down" /> {t("file.download")}</a>}>
      <p className="pad small muted">{t("file.refused_hint")} {failed > failures.length && t("file.refused_more", { shown: numberFormat(locale).format(failures.length), kept: numberFormat(locale).format(refused_kept) })}</p>
      <PlainTable label={t("file.refused_title")} className="refused-list">
        <thead><tr><th scope="col">{t("file.piece")}</th><th scope="col">{t("file.reason")}</th></tr></thead>
        <tbody>
          {failures.map(({ id: place, code, detail }) => (
            <tr key={place}>
              <th scope="row" className="number"><Count value={Number(place) + 1} /></th>
              <td>{label(`usage_reason.${code}`, code)}<span className="small muted below break" dir="auto">{detail}</span></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
