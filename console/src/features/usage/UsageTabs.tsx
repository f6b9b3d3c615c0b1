/** The pages of usage beside each other: what was measured, by whom, for which line, and what the log says of it. */
import { useI18n } from "../../lib/i18n";
import { QuickTabs } from "../../ui/Tabs";

const places = {
  records: "/usage",
  files: "/usage/files",
  quarantine: "/usage/quarantine",
  retractions: "/usage/retractions",
  sessions: "/usage/sessions",
  meters: "/usage/meters",
  sources: "/usage/sources",
  resources: "/usage/resources",
  network: "/usage/network",
  reconciliation: "/usage/reconciliation",
  events: "/usage/events",
  dead_letters: "/usage/dead-letters",
} as const;

export function UsageTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return (
    <QuickTabs
      label={t("usage.parts")} current={current}
      tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`usage.part_${id}`), to: places[id] }))}
    />
  );
}
