/**
 * What waits for a person, the gravest first; each leads to its list where the console has one. When nothing waits, the
 * strip says so instead of vanishing.
 */
import { Link } from "react-router";
import { useI18n, type Key } from "../../lib/i18n";
import { numberFormat } from "../../lib/intl";
import { Icon, type IconName } from "../../ui/Icon";
import { ErrorState, Skeleton } from "../../ui/States";
import { useAttention, type AttentionItem } from "./queries";
import "./AttentionStrip.css";

const kinds: Readonly<Record<string, Key>> = {
  quarantined_usage: "attention.quarantined_usage",
  parked_inputs: "attention.parked_inputs",
  dead_letters: "attention.dead_letters",
  overdue_invoices: "attention.overdue_invoices",
  invoices_below_zero: "attention.invoices_below_zero",
  spend_caps_reached: "attention.spend_caps_reached",
  paid_and_restricted: "attention.paid_and_restricted",
  overdue_and_open: "attention.overdue_and_open",
  credit_limits_reached: "attention.credit_limits_reached",
  top_ups_switched_off: "attention.top_ups_switched_off",
  restricted_for_debt: "attention.restricted_for_debt",
  sources_silent: "attention.sources_silent",
  stale_projection: "attention.stale_projection",
  services_not_ready: "attention.services_not_ready",
  locked_invoices: "attention.locked_invoices",
  unrated_usage: "attention.unrated_usage",
  failed_deliveries: "attention.failed_deliveries",
  runs_to_confirm: "attention.runs_to_confirm",
  failed_payments: "attention.failed_payments",
  webhooks_disabled: "attention.webhooks_disabled",
};

const severities: Readonly<Record<AttentionItem["severity"], { icon: IconName; rank: number; word: Key }>> = {
  error: { icon: "error", rank: 0, word: "attention.error" },
  warning: { icon: "warning", rank: 1, word: "attention.warning" },
  info: { icon: "info", rank: 2, word: "attention.info" },
};

/** Console paths by kind; a kind whose page the console lacks is shown without a link. */
const lists: Readonly<Record<string, string>> = {
  quarantined_usage: "/usage/quarantine",
  parked_inputs: "/usage/dead-letters",
  dead_letters: "/usage/dead-letters",
  sources_silent: "/usage/sources?status=silent",
  overdue_invoices: "/invoices?status=overdue",
  invoices_below_zero: "/invoices?status=draft&sort=total",
  spend_caps_reached: "/customers?status=capped",
  paid_and_restricted: "/customers?dunning=paid_and_restricted",
  overdue_and_open: "/customers?dunning=overdue_and_open",
  credit_limits_reached: "/credit?status=over",
  top_ups_switched_off: "/credit?status=top_up_off",
  restricted_for_debt: "/dunning",
  services_not_ready: "/health",
  stale_projection: "/health",
  locked_invoices: "/invoices?status=locked",
  unrated_usage: "/usage?reason=account_parked",
  failed_deliveries: "/invoices/deliveries",
  runs_to_confirm: "/billing-runs?status=to_confirm",
  failed_payments: "/payments/collections?status=attention",
  webhooks_disabled: "/settings/webhooks?status=disabled",
};

export function AttentionStrip() {
  const { t } = useI18n();
  const { data, error, refetch } = useAttention();
  const waiting = data?.items.filter(({ count }) => count > 0).toSorted((a, b) => severities[a.severity].rank - severities[b.severity].rank);
  return (
    <section className="attention" aria-label={t("attention.title")}>
      {waiting ? <Items items={waiting} unanswered={data?.unanswered ?? []} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={1} height={36} />}
    </section>
  );
}

function Items({ items, unanswered }: { items: readonly AttentionItem[]; unanswered: readonly string[] }) {
  const { t } = useI18n();
  if (items.length === 0 && unanswered.length === 0) return <p className="attention-item success"><Icon name="checkCircle" /> {t("attention.nothing")}</p>;
  return (
    <ul>
      {items.map((item) => <li key={item.kind}><Item item={item} /></li>)}
      {unanswered.length > 0 && <li><Link className="attention-item warning" to="/health"><Icon name="warning" /> {t("attention.unanswered", { services: unanswered.join(", ") })}<Icon name="right" size={14} /></Link></li>}
    </ul>
  );
}

function Item({ item: { kind, count, severity, services } }: { item: AttentionItem }) {
  const { t, locale } = useI18n();
  const { icon, word } = severities[severity];
  const key = kinds[kind];
  const what = key ? t(key, { count }) : `${kind} ${numberFormat(locale).format(count)}`;
  const names = services?.map(({ name }) => name).join(", ");
  const why = services?.map(({ name, detail }) => `${name}: ${detail}`).join("\n");
  const text = (
    <>
      <Icon name={icon} />
      <span className="visually-hidden">{t(word)}: </span>
      <span title={why}>{names ? `${what}: ${names}` : what}</span>
    </>
  );
  const to = lists[kind];
  const className = `attention-item ${severity}`;
  return to ? <Link className={className} to={to}>{text}<Icon name="right" size={14} /></Link> : <span className={className}>{text}</span>;
}
