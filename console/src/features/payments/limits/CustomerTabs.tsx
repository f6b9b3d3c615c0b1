/** Customers, and how far they are with what they may owe, beside each other. */
import { useI18n } from "../../../lib/i18n";
import { QuickTabs } from "../../../ui/Tabs";

export function CustomerTabs({ current }: { current: "customers" | "limits" }) {
  const { t } = useI18n();
  return <QuickTabs label={t("customers.parts")} current={current} tabs={[{ id: "customers", label: t("customers.title"), to: "/customers" }, { id: "limits", label: t("customers.part_limits"), to: "/credit" }]} />;
}
