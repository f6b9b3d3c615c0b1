/** The page of a customer who came by a link: what is owed, used, left and billed; read again twice a minute. */
import { useState, type ReactNode } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Answer } from "../../../lib/api";
import { I18nProvider, offered, useI18n } from "../../../lib/i18n";
import { formatInstant } from "../../../lib/time";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { LinkOver, useAsked } from "./ask";
import { MyCreditNotes } from "./MyCreditNotes";
import { MyInvoices } from "./MyInvoices";
import { Left, Period, Today, type Usage } from "./MyUsage";
import "./MyPage.css";

type Page = Answer<"/v1/customer-page">;
type Balance = Answer<"/v1/customer-page/balance">;

export function MyPage({ token }: { token: string }) {
  const page = useAsked<Page>(token, "");
  const [chosen, setChosen] = useState<string | null>(null);
  if (!page.data) return <Frame>{page.error ? <Failed query={page} /> : <Skeleton lines={6} />}</Frame>;
  const own = page.data.language?.toLowerCase().split("-")[0] ?? null;
  const language = chosen ?? (offered.some(({ tag }) => tag === own) ? own : null);
  return (
    <I18nProvider language={language}>
      <Frame aside={<Languages onChoose={setChosen} />}>
        {page.error instanceof LinkOver ? <Over /> : <Parts token={token} page={page.data} asOf={page.dataUpdatedAt} />}
      </Frame>
    </I18nProvider>
  );
}

export function Over() {
  const { t } = useI18n();
  return <EmptyState icon="lock" title={t("mypage.over")}><p className="muted">{t("mypage.over_hint")}</p></EmptyState>;
}

export function Frame({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <main className="my-page">
      <header className="my-head"><h1>{t("mypage.title")}</h1>{aside}</header>
      <div className="stack">{children}</div>
    </main>
  );
}

function Parts({ token, page, asOf }: { token: string; page: Page; asOf: number }) {
  const { t, locale } = useI18n();
  const usage = useAsked<Usage>(token, "/usage");
  return (
    <>
      <p dir="auto" className="my-name">{page.name === "erased" ? t("mypage.erased") : page.name}</p>
      {page.status === "closed" && <p role="status">{t("mypage.closed")}</p>}
      <div className="my-columns">
        <Owed token={token} page={page} />
        <Told query={usage}>{(told) => <Today usage={told} />}</Told>
      </div>
      <Told query={usage}>{(told) => <><Left usage={told} /><Period usage={told} /></>}</Told>
      <MyInvoices token={token} />
      <MyCreditNotes token={token} />
      <p className="small muted">
        {t("mypage.as_of", { time: formatInstant(locale, page.time_zone, new Date(asOf).toISOString(), { seconds: false, named: true }) })}{" "}
        {t("mypage.until")} <BillingDate value={page.link_expires_at.slice(0, 10)} />
      </p>
    </>
  );
}

function Owed({ token, page }: { token: string; page: Page }) {
  const { t } = useI18n();
  const { data } = useAsked<Balance>(token, "/balance");
  const hasOverdue = !isNothing(page.overdue.amount);
  return (
    <Card title={t("mypage.owed")}>
      <p className="my-figure"><Money value={page.owed} /></p>
      <Facts
        facts={[
          hasOverdue && [t("mypage.overdue"), <span key="o" className="danger-text"><Money value={page.overdue} /></span>],
          data && (data.mode === "prepaid" || !isNothing(data.credit.amount)) && [t(data.mode === "prepaid" ? "mypage.wallet" : "mypage.credit"), <Money key="c" value={data.credit} />],
          data?.available && [t(data.mode === "prepaid" ? "mypage.wallet_left" : "mypage.limit_left"), <Money key="a" value={data.available} />],
          data?.credit_limit && [t("mypage.limit"), <Money key="l" value={data.credit_limit} />],
        ]}
      />
      {!isNothing(page.owed.amount) && <p className="small"><a href="#my-invoices" onClick={goToInvoices}>{t("mypage.to_invoices")}</a></p>}
    </Card>
  );
}

/** Behind the # stands the link: it must stay there. */
function goToInvoices(event: { preventDefault: () => void }): void {
  event.preventDefault();
  const heading = document.getElementById("my-invoices");
  heading?.scrollIntoView();
  heading?.focus();
}

function Told<Body>({ query, children }: { query: UseQueryResult<Body>; children: (body: Body) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  return <section className="card pad">{query.error ? <Failed query={query} /> : <Skeleton lines={4} />}</section>;
}

function Failed({ query }: { query: UseQueryResult<unknown> }) {
  return query.error instanceof LinkOver ? <Over /> : <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
}

function Languages({ onChoose }: { onChoose: (tag: string) => void }) {
  const { t, language } = useI18n();
  return (
    <select className="field no-print" aria-label={t("mypage.language")} value={language.tag} onChange={(event) => onChoose(event.target.value)}>
      {offered.map(({ tag, name }) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
    </select>
  );
}

function isNothing(amount: string): boolean {
  return /^-?0*\.?0*$/.test(amount);
}
