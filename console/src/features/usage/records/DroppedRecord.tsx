/**
 * Why a record may not be there: single ones are dropped after a time, and only what they add up to is kept. Under the 404 of
 * its page; nothing while none was dropped.
 */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { formatDate } from "../../../lib/time";
import { dayBefore } from "../moments";
import { useKeptSince } from "./queries";

/** As the API's description has it: a test holds them together. */
export const kept_days = 100;

export function DroppedRecord({ source, record_id }: { source: string; record_id: string }) {
  const { t, locale } = useI18n();
  const { data: since } = useKeptSince(source, record_id);
  if (!since) return null;
  const day = formatDate(locale, since);
  return (
    <>
      <p>{t("usage_record.kept", { count: kept_days, day })}</p>
      <Link to={`/usage?to=${dayBefore(since)}`}>{t("usage_record.counts", { day })}</Link>
    </>
  );
}
