/** The parts of dunning beside each other: cases, promises, agencies, policies, and who would be affected. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

const places = { cases: "/dunning", promises: "/dunning/promises", handovers: "/dunning/handovers", policies: "/dunning/policies", affected: "/dunning/affected" } as const;

export function DunningTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("dunning.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`dunning.part_${id}`), to: places[id] }))} />;
}
