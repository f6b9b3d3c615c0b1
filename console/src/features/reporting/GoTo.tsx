/** The work lists with how much lies in them, one click away. */
import { Link } from "react-router";
import { useI18n, type Key } from "../../lib/i18n";
import { numberFormat } from "../../lib/intl";
import { Card } from "../../ui/Card";
import { Icon, type IconName } from "../../ui/Icon";
import type { Overview } from "./queries";
import "./GoTo.css";

export function GoTo({ overview }: { overview: Overview }) {
  const { t, locale } = useI18n();
  const counted = numberFormat(locale);
  const places: readonly { key: Key; icon: IconName; to: string; count: number | null }[] = [
    { key: "goto.outstanding", icon: "invoice", to: "/invoices", count: null },
    { key: "goto.drafts", icon: "draft", to: "/invoices?status=draft", count: overview.invoices.draft },
    { key: "goto.all", icon: "invoice", to: "/invoices?status=all", count: overview.invoices.draft + overview.invoices.issued },
    { key: "goto.customers", icon: "people", to: "/customers", count: overview.accounts },
    { key: "goto.services", icon: "service", to: "/services", count: overview.subscriptions },
    { key: "goto.usage", icon: "usage", to: "/usage", count: overview.usage.records },
    { key: "goto.quarantine", icon: "warning", to: "/usage/quarantine", count: overview.usage.quarantined },
    { key: "goto.runs", icon: "play", to: "/billing-runs", count: null },
    { key: "goto.analytics", icon: "chart", to: "/analytics", count: null },
    { key: "goto.health", icon: "health", to: "/health", count: null },
  ];
  return (
    <Card title={t("goto.title")} flush>
      <ul className="goto">
        {places.map(({ key, icon, to, count }) => (
          <li key={key}>
            <Link to={to}><Icon name={icon} /> <span className="grow">{t(key)}</span>{count !== null && <span className="number muted">{counted.format(count)}</span>}<Icon name="right" size={14} /></Link>
          </li>
        ))}
        <li><a href="/docs"><Icon name="external" /> <span className="grow">{t("goto.docs")}</span><Icon name="right" size={14} /></a></li>
      </ul>
    </Card>
  );
}
