/** The documents beside each other: invoices, the credit and debit notes that correct them, how they go out, and coupons. */
import { useI18n } from "../../lib/i18n";
import { QuickTabs } from "../../ui/Tabs";

const places = {
  invoices: "/invoices",
  credits: "/invoices/credit-notes",
  debits: "/invoices/debit-notes",
  deliveries: "/invoices/deliveries",
  coupons: "/invoices/coupons",
  latefees: "/invoices/late-fee-policies",
} as const;

export function InvoiceTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("invoices.parts")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`invoices.part_${id}`), to: places[id] }))} />;
}
