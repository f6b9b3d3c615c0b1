/** The pages of what is set up once, beside each other; each feature's page is one place here. */
import { useMay } from "../features/identity/session";
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
  users: "/settings/users",
  keys: "/settings/api-keys",
  roles: "/settings/roles",
  webhooks: "/settings/webhooks",
  mails: "/settings/mails",
  access_policy: "/settings/access-policy",
} as const;

type Place = keyof typeof places;
/** Only who manages access may read them. */
const ofAccess: readonly Place[] = ["users", "keys", "webhooks", "mails", "access_policy"];

export function SettingsTabs({ current }: { current: Place }) {
  const { t } = useI18n();
  const mayManage = useMay("manage_access");
  const shown = (Object.keys(places) as Place[]).filter((id) => mayManage || id === current || !ofAccess.includes(id));
  return <QuickTabs label={t("nav.settings")} current={current} tabs={shown.map((id) => ({ id, label: t(`${id}.title`), to: places[id] }))} />;
}
