/** Beside a source's page: what may be done, what was said of it, and where its usage is. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Instant, Nothing } from "../../../ui/Value";
import "../records/RecordWay.css";
import { Lasted } from "./Figures";
import { Line, Secret, Signed, sourceActions, type Source } from "./sourceList";

export function SourceSide({ source }: { source: Source }) {
  const { t } = useI18n();
  const { version, addresses } = source;
  const asked = `source=${encodeURIComponent(source.id)}`;
  return (
    <aside className="stack" aria-label={t("source.summary")}>
      {version !== null && <ActionButtons thing={{ ...source, version }} actions={sourceActions} />}
      <Card title={t("source.facts")}>
        {!source.defined && <p className="muted">{t("source.undefined")}</p>}
        {source.defined && (
          <Facts
            facts={[
              [t("source.line"), <Line key="line" line={source.line} />],
              [t("source.addresses"), addresses.length === 0 ? <Nothing key="addresses" /> : <span key="addresses">{addresses.map((address) => <span key={address} className="below number" dir="ltr">{address}</span>)}</span>],
              [t("source.secret"), <Secret key="secret" has={source.has_secret} wanted={addresses.length > 0} />],
              [t("source.signed"), <Signed key="signed" signed={source.signed} />],
              [t("source.silence"), source.silent_after_s === null ? <span key="silence" className="muted">{t("source.silence_says_nothing")}</span> : <Lasted key="silence" seconds={source.silent_after_s} />],
              [t("source.defined_at"), <Instant key="defined" value={source.defined_at} />],
            ]}
          />
        )}
        <Facts facts={[[t("source.first_seen"), <Instant key="first" value={source.first_seen} />]]} />
      </Card>
      <Card title={t("source.look")}>
        <ul className="way-list">
          <li><Link to={`/usage?${asked}`}>{t("source.usage")}</Link></li>
          <li><Link to={`/usage/quarantine?${asked}`}>{t("source.parked")}</Link></li>
          <li><Link to={`/usage/sessions?${asked}`}>{t("source.sessions")}</Link></li>
        </ul>
      </Card>
    </aside>
  );
}
