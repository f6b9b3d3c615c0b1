/** The pages of what is sold, beside each other: plans, and what plans are made of. */
import { useI18n } from "../../lib/i18n";
import { QuickTabs } from "../../ui/Tabs";

const places = {
  plans: "/plans",
  profiles: "/plans/bandwidth-profiles",
  rate_tables: "/plans/rate-tables",
  holidays: "/plans/holidays",
  what_if: "/proof/what-if",
} as const;

export function TariffTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return (
    <QuickTabs
      label={t("tariffs.parts")} current={current}
      tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`tariffs.${id}`), to: places[id] }))}
    />
  );
}
