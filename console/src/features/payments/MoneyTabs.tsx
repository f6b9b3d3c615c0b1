/** Money, its parts beside each other: what came in, what is collected, what is contested and given up, and vouchers. */
import { useI18n } from "../../lib/i18n";
import { QuickTabs } from "../../ui/Tabs";

const places = { payments: "/payments", statements: "/payments/bank-statements", debits: "/payments/direct-debits", collections: "/payments/collections", refunds: "/payments/refunds", disputes: "/payments/disputes", write_offs: "/payments/write-offs", vouchers: "/payments/vouchers", redemptions: "/payments/redemptions" } as const;

export function MoneyTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("bank.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`bank.part_${id}`), to: places[id] }))} />;
}
