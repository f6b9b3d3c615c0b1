/** Beside a customer's page: what may be done, what is owed, how they are billed, where they are. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { BillingDate, Money, PeriodText } from "../../../ui/Value";
import { customerActions } from "./actions";
import type { CustomerDetail } from "./queries";

export function CustomerSide({ customer, children }: { customer: CustomerDetail; children?: ReactNode }) {
  const { t, locale } = useI18n();
  const { config, address } = customer;
  const { name: cycle } = config.cycle as { name?: string };
  return (
    <aside className="stack" aria-label={t("customer.summary")}>
      <ActionButtons thing={customer} actions={customerActions} />
      <Card title={t("customer.balance")}>
        <Facts
          facts={[
            [t("customer.open"), <Money key="open" value={config.open} />],
            [t("customer.overdue"), <Money key="overdue" value={config.overdue} />],
            [t("customer.credit"), <Money key="credit" value={config.credit} />],
          ]}
        />
      </Card>
      {children}
      <Card title={t("customer.billing")}>
        <Facts
          facts={[
            [t("customer.id"), <span key="id" className="nowrap" dir="ltr"><code>{customer.id}</code><CopyButton text={customer.id} /></span>],
            [t("customer.cycle"), <Link key="cycle" to={`/cycles?cycle=${encodeURIComponent(customer.cycle_id)}`}>{cycle ?? customer.cycle_id}</Link>],
            customer.next_cycle && [t("customer.next_cycle"), <span key="next">{customer.next_cycle.cycle_id}, <BillingDate value={customer.next_cycle.effective_on} /></span>],
            customer.billed_by !== customer.id && [t("customer.payer"), <CustomerName key="payer" id={customer.billed_by} link />],
            customer.parent_id !== null && [t("customer.parent"), <CustomerName key="parent" id={customer.parent_id} link />],
            customer.hold && [t("customer.held"), <span key="hold" dir="auto">{customer.hold.reason}{customer.hold.until && <>, {t("customer.held_until")} <BillingDate value={customer.hold.until} /></>}</span>],
            customer.closed_on !== null && [t("customer.closed_on"), <BillingDate key="closed" value={customer.closed_on} />],
            [t("customer.open_period"), <PeriodText key="period" value={customer.period} />],
            [t("customer.usage"), <Link key="usage" to={`/usage?account_id=${encodeURIComponent(customer.id)}`}>{t("customer.usage_records")}</Link>],
            [t("customer.currency"), customer.currency],
            [t("customer.tax_rate"), config.tax_rate === null ? t("customer.taxed_by_tables") : <span key="tax" className="number">{t("customer.percent", { rate: config.tax_rate })}</span>],
            config.terms_days !== null && [t("customer.terms"), t("customer.days", { count: config.terms_days })],
            [t("customer.time_zone"), <span key="zone" dir="ltr">{customer.time_zone}</span>],
            [t("customer.opened_on"), <BillingDate key="opened" value={customer.opened_on} />],
          ]}
        />
      </Card>
      <Card title={t("customer.contact")}>
        <Facts
          facts={[
            [t("customer.address"), address ? <span key="address" dir="auto">{addressLines(address, locale).map((line) => <span key={line} className="address-line">{line}<br /></span>)}</span> : <span key="none" className="muted">{t("value.none")}</span>],
            customer.tax_id != null && [t("customer.tax_id"), <span key="tax_id" dir="ltr">{customer.tax_id}</span>],
            customer.email != null && [t("customer.email"), <span key="email" dir="ltr">{customer.email}</span>],
            customer.language != null && [t("customer.language"), called(locale, "language", customer.language)],
          ]}
        />
      </Card>
    </aside>
  );
}

function addressLines({ lines, postal_code, city, region, country }: NonNullable<CustomerDetail["address"]>, locale: string): readonly string[] {
  return [...lines, `${postal_code} ${city}`, [region, called(locale, "region", country)].filter(Boolean).join(", ")];
}

/** "French" of `fr`, "France" of `FR`; the code itself where it is none that is known. */
function called(locale: string, type: "language" | "region", code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
