/** The pages of reports beside each other: what there is, files that were made, and schedules. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

const places = { catalogue: "/reports", files: "/reports/files", schedules: "/reports/schedules" } as const;

export function ReportsTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("reports.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`reports.part_${id}`), to: places[id] }))} />;
}
