/** The pages of what is set up once, beside each other; each feature's page is one place here. */
import { useI18n } from "../lib/i18n";
import { QuickTabs } from "../ui/Tabs";

const places = {
  jurisdictions: "/settings",
  tax_rates: "/settings/tax-rates",
  exemptions: "/settings/tax-exemptions",
  tax_quote: "/settings/tax-quote",
  numbering: "/settings/numbering",
  entities: "/settings/legal-entities",
  policy: "/settings/invoice-policy",
  payment_settings: "/settings/payments",
  gateways: "/settings/gateways",
  chart: "/settings/chart-of-accounts",
} as const;

export function SettingsTabs({ current }: { current: keyof typeof places }) {
  const { t } = useI18n();
  return <QuickTabs label={t("nav.settings")} current={current} tabs={(Object.keys(places) as (keyof typeof places)[]).map((id) => ({ id, label: t(`${id}.title`), to: places[id] }))} />;
}
