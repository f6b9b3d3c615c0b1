/** Figures of a source's health that stand in its row and on its page. */
import { useI18n } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { lasted } from "../../../lib/lasted";
import { Icon } from "../../../ui/Icon";
import { Nothing } from "../../../ui/Value";
import { isClockOff, share, span } from "./health";
import type { Source } from "./sourceList";
import "../../../ui/StatusTag.css";

export function Heard({ source }: { source: Source }) {
  const { t } = useI18n();
  if (source.silent) return <span className="status danger"><Icon name="error" size={14} /> {t("source.is_silent")}</span>;
  if (source.last_seen === null) return <span className="status neutral"><Icon name="circle" size={14} /> {t("source.never_heard")}</span>;
  return <span className="status success"><Icon name="checkCircle" size={14} /> {t("source.is_heard")}</span>;
}

export function Share({ value }: { value: string | null }) {
  const { locale } = useI18n();
  return value === null ? <Nothing /> : <span className="number" dir="auto">{share(locale, value)}</span>;
}

export function Lasted({ seconds }: { seconds: number | null }) {
  const { locale } = useI18n();
  if (seconds === null) return <Nothing />;
  return <span className="number" dir="auto">{seconds === 0 ? "0" : lasted(locale, seconds)}</span>;
}

/** Below zero its clock is ahead by that much at least; above, it is behind by that much at most. */
export function Clock({ offset_ms }: { offset_ms: number | null }) {
  const { t, locale } = useI18n();
  if (offset_ms === null) return <Nothing />;
  const said = t(offset_ms < 0 ? "source.clock_ahead" : "source.clock_behind", { time: span(locale, offset_ms) });
  return isClockOff(offset_ms) ? <span className="status warning"><Icon name="warning" size={14} /> {said}</span> : <span className="number" dir="auto">{said}</span>;
}

export function Rate({ source: { health } }: { source: Source }) {
  const { locale } = useI18n();
  return <span className="number" dir="auto">{numberFormat(locale, { maximumFractionDigits: 2 }).format(health.records_per_s as unknown as number)}</span>;
}
