/** One entry of the journal: its postings, and the chain to its event and its document. */
import { Fragment } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Instant, Money } from "../../../ui/Value";
import { Document, KindName } from "./journalList";
import { eventsPath, useEntry, type Entry, type Posting } from "./queries";

export function EntryView({ id }: { id: string }) {
  const { t } = useI18n();
  const { data: entry, error, refetch } = useEntry(id);
  return (
    <>
      <PageTitle of={id} />
      <h1><bdi>{id}</bdi></h1>
      {entry ? <><Chain entry={entry} /><Postings postings={entry.postings} /></>
        : isStatus(error, 404) ? <EmptyState icon="search" title={t("journal_entry.not_found", { id })}><Link to="/journal">{t("journal_entry.back")}</Link></EmptyState>
          : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={40} />}
    </>
  );
}

function Chain({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  const late = entry.posted_on !== entry.booked_on;
  return (
    <Card title={t("journal_entry.chain")}>
      <Facts
        facts={[
          [t("journal_entry.kind"), <KindName key="kind" kind={entry.kind} />],
          [t("journal_entry.booked_on"), <BillingDate key="day" value={entry.booked_on} />],
          late && [t("journal_entry.posted_on"), <span key="posted"><BillingDate value={entry.posted_on} /><span className="small muted below">{t("journal_entry.late")}</span></span>],
          [t("journal_entry.amount"), <Money key="amount" value={entry.amount} />],
          [t("journal_entry.document"), <Document key="document" entry={entry} />],
          [t("journal_entry.customer"), <Link key="customer" to={`/customers/${encodeURIComponent(entry.account_id)}`} dir="ltr">{entry.account_id}</Link>],
          [t("journal_entry.event"), <span key="event"><Link to={eventsPath(entry)} dir="ltr">{entry.event_id}</Link><span className="small muted below" dir="ltr">{entry.event_type}</span></span>],
          [t("journal_entry.recorded_at"), <span key="at"><Instant value={entry.recorded_at} />{entry.actor && <span className="small muted below" dir="ltr">{entry.actor}</span>}</span>],
          [t("journal_entry.export"), entry.export_id ? <Link key="export" to={`/journal/exports?export=${encodeURIComponent(entry.export_id)}`} dir="ltr">{entry.export_id}</Link> : t("journal_entry.not_exported")],
        ]}
      />
    </Card>
  );
}

function Postings({ postings }: { postings: readonly Posting[] }) {
  const { t } = useI18n();
  return (
    <Card title={t("journal_entry.postings")} flush>
      <PlainTable label={t("journal_entry.postings")}>
        <thead>
          <tr>
            <th scope="col">{t("journal_entry.debit")}</th>
            <th scope="col">{t("journal_entry.credit")}</th>
            <th scope="col">{t("journal_entry.about")}</th>
            <th scope="col" className="end">{t("journal_entry.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {postings.map((posting) => (
            <tr key={posting.n}>
              <th scope="row"><Side side={posting.debit} /></th>
              <td><Side side={posting.credit} /></td>
              <td><About posting={posting} /></td>
              <td className="end"><Money value={posting.amount} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Side({ side: { account, number, name } }: { side: Posting["debit"] }) {
  const { t } = useI18n();
  return <><span className="number" dir="ltr">{number}</span> <span dir="auto">{name || t(`journal.account_${account}`)}</span></>;
}

function About({ posting: { line_n, plan_id, tax_category, tax_rate, method, earned_from, earned_to } }: { posting: Posting }) {
  const { t } = useI18n();
  const said = [line_n !== null && t("journal_entry.line", { n: line_n }), plan_id, tax_rate && `${tax_category} ${tax_rate} %`, method].filter((part): part is string => Boolean(part));
  return (
    <>
      {said.map((part, at) => <Fragment key={part}>{at > 0 && " · "}<bdi>{part}</bdi></Fragment>)}
      {earned_from && <span className="small muted below"><bdi dir="ltr"><BillingDate value={earned_from} /> – <BillingDate value={earned_to} /></bdi></span>}
    </>
  );
}
