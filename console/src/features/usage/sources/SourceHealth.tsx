/** How a source does: of the last 24 hours, each figure with what it means. */
import type { ReactNode } from "react";
import { useI18n, type Key } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { Count, Instant } from "../../../ui/Value";
import { Clock, Heard, Lasted, Rate, Share } from "./Figures";
import type { Source } from "./sourceList";
import "./sources.css";

export function SourceHealth({ source }: { source: Source }) {
  const { t } = useI18n();
  const { health } = source;
  const rows: readonly (readonly [Key, Key, ReactNode])[] = [
    ["source.heard", "source.heard_hint", <Heard key="heard" source={source} />],
    ["source.last_seen", "source.last_seen_hint", <Instant key="last" value={source.last_seen} seconds />],
    ["source.records_day", "source.records_day_hint", <Count key="day" value={health.records_day} />],
    ["source.records_hour", "source.records_hour_hint", <Count key="hour" value={health.records_hour} />],
    ["source.rate", "source.rate_hint", <Rate key="rate" source={source} />],
    ["source.gap", "source.gap_hint", <Lasted key="gap" seconds={health.longest_silence_s} />],
    ["source.late_share", "source.late_share_hint", <Share key="late" value={health.late_share} />],
    ["source.quarantined_share", "source.quarantined_share_hint", <Share key="parked" value={health.quarantined_share} />],
    ["source.duplicates", "source.duplicates_hint", <Count key="duplicates" value={health.duplicates} />],
    ["source.conflicts", "source.conflicts_hint", <Count key="conflicts" value={health.conflicts} />],
    ["source.malformed", "source.malformed_hint", <Count key="malformed" value={health.malformed} />],
    ["source.clock", "source.clock_hint", <Clock key="clock" offset_ms={health.clock_offset_ms} />],
  ];
  return (
    <Card title={t("source.health")} flush>
      <PlainTable label={t("source.health")} className="figures">
        <tbody>
          {rows.map(([name, hint, value]) => <tr key={name}><th scope="row">{t(name)}<span className="small muted below">{t(hint)}</span></th><td className="end">{value}</td></tr>)}
        </tbody>
      </PlainTable>
    </Card>
  );
}
