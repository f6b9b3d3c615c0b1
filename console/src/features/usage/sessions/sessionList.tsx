/** Sessions that sources reported, as data for the list kit: open, ended by their own word, or given up and estimated. */
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing, Quantity } from "../../../ui/Value";
import { momentsOf } from "../moments";

type Page = Answer<"/v1/usage/sessions">;
/** Sources use an id again: a session is that of its source, its line and its beginning. */
type SessionRow = Page["items"][number] & { id: string };
type Query = Question<"/v1/usage/sessions">;

async function read(query: Query, signal: AbortSignal): Promise<Omit<Page, "items"> & { items: SessionRow[] }> {
  const page = await answer(api.GET("/v1/usage/sessions", { params: { query: momentsOf(query) }, signal }));
  return { ...page, items: page.items.map((session) => ({ ...session, id: [session.source, session.resource, session.session_id, session.started_at].join(" ") })) };
}

export const sessionList: ListSpec<SessionRow, Awaited<ReturnType<typeof read>>, Query, "sessions"> = {
  name: "sessions",
  words: "sessions",
  icon: "clock",
  read,
  tabs: [
    { id: "all", query: { sort: "-started_at" } },
    { id: "open", query: { state: ["open"], sort: "-started_at" }, counted: true },
    { id: "estimated", query: { state: ["estimated"], sort: "-last_at" }, counted: true, icon: "checkCircle" },
    { id: "closed", query: { state: ["closed"], sort: "-last_at" } },
  ],
  filters: [
    { kind: "text", name: "session_id", label: "sessions.id", max: 255 },
    { kind: "text", name: "source", label: "usage.search_source", max: 255 },
    { kind: "text", name: "resource", label: "usage.search_resource", max: 255 },
    { kind: "choice", name: "closed_by", label: "sessions.closed_by", options: [["stop", "sessions.closed_by_stop"], ["accounting_on", "sessions.closed_by_accounting_on"], ["accounting_off", "sessions.closed_by_accounting_off"], ["silence", "sessions.closed_by_silence"]], many: true },
    { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64, many: true },
    { kind: "linked", name: "subscription_id", label: "usage.subscription_is", drop: "usage.drop_subscription", max: 64, many: true },
  ],
  columns: [
    { id: "session_id", title: "sessions.id", render: (session) => <Link to={usageOf(session)} dir="ltr">{session.session_id}</Link> },
    { id: "resource", title: "usage.resource", render: ({ resource }) => <span dir="ltr">{resource}</span> },
    { id: "account_id", title: "usage.customer", render: ({ account_id }) => (account_id ? <CustomerName id={account_id} link /> : <Nothing />) },
    { id: "state", title: "usage.state", render: ({ state, closed_by }) => <State state={state} closedBy={closed_by} /> },
    instant("started_at", "sessions.began", { sort: "started_at" }),
    instant("last_at", "sessions.last", { sort: "last_at" }),
    { id: "quantities", title: "sessions.quantities", align: "end", render: ({ quantities }) => <Quantities of={quantities as Readonly<Record<string, string>>} /> },
    { id: "source", title: "usage.source", render: ({ source }) => <span dir="ltr">{source}</span> },
    count("reports", "sessions.reports", { extra: true }),
    instant("heard_at", "sessions.heard", { extra: true, sort: "heard_at" }),
    instant("expires_at", "sessions.expires", { extra: true }),
  ],
  totals: [],
  actions: (session) => <OpenUsage session={session} />,
};

/** The records of its line from its first day to its last. */
function usageOf({ source, resource, started_at, last_at }: SessionRow): string {
  return `/usage?${new URLSearchParams({ source, resource, from: started_at.slice(0, 10), to: last_at.slice(0, 10) }).toString()}`;
}

function OpenUsage({ session }: { session: SessionRow }) {
  const { t } = useI18n();
  return <Link className="button quiet icon" to={usageOf(session)} aria-label={t("sessions.usage_of", { id: session.session_id })}><Icon name="right" /></Link>;
}

function State({ state, closedBy }: { state: string; closedBy: string | null }) {
  const label = useLabel();
  return <span><StatusTag kind="session" status={state} />{closedBy !== null && <span className="small muted below">{label(`sessions.closed_by_${closedBy}`, closedBy)}</span>}</span>;
}

function Quantities({ of }: { of: Readonly<Record<string, string>> }) {
  return <>{Object.entries(of).map(([meter, quantity]) => <span key={meter} className="below"><Quantity value={quantity} meter={meter} /></span>)}</>;
}
