/** The journal's pages beside each other: entries, what is earned by month, exports to bookkeeping. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

const places = { entries: "/journal", revenue: "/journal/revenue", exports: "/journal/exports" } as const;

export function JournalTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("journal.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`journal.part_${id}`), to: places[id] }))} />;
}
