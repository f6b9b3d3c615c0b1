/** Whether the system does its work and what proves it: its health, where every record went, and what rebuilds found. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

const places = { health: "/health", conservation: "/proof/conservation", rebuilds: "/proof/rebuilds" } as const;

export function SystemTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("system.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`system.${id}`), to: places[id] }))} />;
}
