/** Runs that people began, and which cycles are run by themselves. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

const places = { runs: "/billing-runs", automatic: "/billing-runs/automatic" } as const;

export function RunTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("runs.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`${id}.title`), to: places[id] }))} />;
}
