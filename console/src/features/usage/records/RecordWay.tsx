/**
 * The way of a record from the device to the cent: measured, in the log, part of a session, on a line, charged, invoiced.
 *
 * A step that it has not come to says what it waits for; one that it will never come to says why.
 */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { CustomerName, MeterName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant, Money, PeriodText, Quantity } from "../../../ui/Value";
import { Reason } from "../Reason";
import type { RecordDetail } from "./queries";
import "./RecordWay.css";

export function RecordWay({ record }: { record: RecordDetail }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("usage_record.way")}>
        <ol className="way">
          <Step title={t("usage_record.measured")} done><Measured record={record} /></Step>
          <Step title={t("usage_record.logged")} done><Logged record={record} /></Step>
          {record.session && <Step title={t("usage_record.session")} done><Session session={record.session} meter={record.meter} /></Step>}
          <Step title={t("usage_record.assigned")} done={record.account_id !== null}><Assigned record={record} /></Step>
          <Step title={t("usage_record.charged")} done={record.charges.length > 0}><Charged record={record} /></Step>
          <Step title={t("usage_record.invoiced")} done={record.lines.length > 0}><Invoiced record={record} /></Step>
        </ol>
      </Card>
      {record.copies.length > 0 && <Copies record={record} />}
    </>
  );
}

function Step({ title, done, children }: { title: string; done: boolean; children: ReactNode }) {
  return (
    <li className={done ? "done" : undefined}>
      <h3><Icon name={done ? "checkCircle" : "circle"} /> {title}</h3>
      {children}
    </li>
  );
}

function Measured({ record: { source, resource, meter, quantity, kind, started_at, ended_at, attributes, personal } }: { record: RecordDetail }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <>
      <Facts
        facts={[
          [t("usage.source"), <span key="source" dir="ltr">{source}</span>],
          resource !== null && [t("usage.resource"), <Link key="resource" to={`/usage/resources/${encodeURIComponent(resource)}`} dir="ltr">{resource}</Link>],
          [t("usage.meter"), meter === null ? null : <MeterName key="meter" id={meter} />],
          [t("usage.quantity"), <Quantity key="quantity" value={quantity} meter={meter} />],
          kind !== null && [t("usage.kind"), label(`usage.kind_${kind}`, kind)],
          [t("usage_record.started_at"), <Instant key="started" value={started_at} seconds />],
          ended_at !== null && [t("usage_record.ended_at"), <Instant key="ended" value={ended_at} seconds />],
        ]}
      />
      {attributes && Object.keys(attributes).length > 0 && (
        // A long document scrolls in itself, and a keyboard must reach it to scroll.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="way-json" dir="ltr" tabIndex={0} aria-label={t("usage_record.attributes")}>{JSON.stringify(attributes, null, 2)}</pre>
      )}
      <Hidden of={personal} />
    </>
  );
}

/** Why attributes are not shown as they came in, and which. */
function Hidden({ of }: { of: RecordDetail["personal"] }) {
  const { t } = useI18n();
  const names = (standing: string) => Object.keys(of).filter((name) => of[name] === standing).join(", ");
  const [hidden, erased] = [names("hidden"), names("erased")];
  return (
    <>
      {hidden !== "" && <p className="small muted">{t("usage_record.personal_hidden", { names: hidden })}</p>}
      {erased !== "" && <p className="small muted">{t("usage_record.personal_erased", { names: erased })}</p>}
    </>
  );
}

function Logged({ record: { citation, recorded_at } }: { record: RecordDetail }) {
  const { t } = useI18n();
  return (
    <Facts
      facts={[
        [t("usage.citation"), <span key="citation" className="nowrap" dir="ltr"><code>{citation}</code><CopyButton text={citation} /></span>],
        [t("usage.received"), <Instant key="received" value={recorded_at} seconds />],
      ]}
    />
  );
}

function Session({ session: { session_id, status, reading, total, read_at, began_at, closed_by }, meter }: { session: NonNullable<RecordDetail["session"]>; meter: string | null }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <Facts
      facts={[
        [t("sessions.id"), <Link key="id" to={`/usage/sessions?session_id=${encodeURIComponent(session_id)}`} dir="ltr">{session_id}</Link>],
        [t("usage_record.report"), label(`usage_record.report_${status}`, status)],
        [t("usage_record.reading"), <Quantity key="reading" value={reading} meter={meter} />],
        [t("usage_record.total"), <Quantity key="total" value={total} meter={meter} />],
        [t("usage_record.read_at"), <Instant key="read" value={read_at} seconds />],
        [t("sessions.began"), <Instant key="began" value={began_at} seconds />],
        closed_by !== null && [t("sessions.closed_by"), label(`sessions.closed_by_${closed_by}`, closed_by)],
      ]}
    />
  );
}

function Assigned({ record: { account_id, subscription_id, state, reason, detail } }: { record: RecordDetail }) {
  const { t } = useI18n();
  if (account_id === null) return <p><Reason reason={reason} detail={detail} /></p>;
  return (
    <Facts
      facts={[
        [t("usage.customer"), <CustomerName key="customer" id={account_id} link />],
        subscription_id !== null && [t("usage.service"), <Link key="service" to={`/services/${encodeURIComponent(subscription_id)}`} dir="ltr">{subscription_id}</Link>],
        [t("usage.state"), <StatusTag key="state" kind="usage" status={state} />],
        (reason !== null || detail !== null) && [t("usage.reason"), <Reason key="reason" reason={reason} detail={detail} />],
      ]}
    />
  );
}

const onTheWay: readonly string[] = ["accepted", "rated"];

function Charged({ record: { charges, state } }: { record: RecordDetail }) {
  const { t } = useI18n();
  const label = useLabel();
  if (charges.length === 0) return <p className="muted">{t(onTheWay.includes(state) ? "usage_record.waits_close" : state === "quarantined" ? "usage_record.waits_mended" : "usage_record.never_charged")}</p>;
  return (
    <ul className="way-list">
      {charges.map(({ charge_id, kind, billing_period, amount }) => (
        <li key={charge_id} className="row wrap">
          <code>{charge_id}</code><CopyButton text={charge_id} /> <span className="muted">{label(`usage_record.charge_${kind}`, kind)}</span> <PeriodText value={billing_period} /> <span className="grow" /> <Money value={amount} />
        </li>
      ))}
    </ul>
  );
}

function Invoiced({ record: { lines, charges } }: { record: RecordDetail }) {
  const { t } = useI18n();
  if (lines.length === 0) return <p className="muted">{t(charges.length > 0 ? "usage_record.waits_invoice" : "usage_record.no_invoice")}</p>;
  return (
    <ul className="way-list">
      {lines.map(({ invoice_id, number, n, net }) => (
        <li key={`${invoice_id} ${n}`} className="row wrap">
          <Link to={`/invoices/${encodeURIComponent(invoice_id)}?explain=${n}`} dir="ltr">{t("usage_record.line", { n, number: number ?? invoice_id })}</Link> <span className="grow" /> <Money value={net} />
        </li>
      ))}
    </ul>
  );
}

/** The same id of the same source, once more: none of them is counted again. */
function Copies({ record: { copies } }: { record: RecordDetail }) {
  const { t } = useI18n();
  return (
    <Card title={t("usage_record.copies", { count: copies.length })} flush>
      <PlainTable label={t("usage_record.copies", { count: copies.length })}>
        <thead>
          <tr><th scope="col">{t("usage.citation")}</th><th scope="col" className="wide-only">{t("usage.received")}</th><th scope="col" className="end">{t("usage.quantity")}</th><th scope="col">{t("usage.state")}</th></tr>
        </thead>
        <tbody>
          {copies.map(({ citation, recorded_at, quantity, meter, state }) => (
            <tr key={citation}>
              <th scope="row" dir="ltr"><code>{citation}</code></th>
              <td className="wide-only"><Instant value={recorded_at} seconds /></td>
              <td className="end"><Quantity value={quantity} meter={meter} /></td>
              <td><StatusTag kind="usage" status={state} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
