/** What outages and reratings have in common: sums by currency, the tabs and pages of their results, how far they are. */
import type { ReactNode } from "react";
import { useI18n, type Key } from "../../../lib/i18n";
import type { ListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Pager } from "../../../ui/table/Pager";
import { QuickTabs } from "../../../ui/Tabs";
import { Money } from "../../../ui/Value";

/** One sum a currency, one under the other; they are never added up. */
export function Sums({ totals }: { totals: readonly { currency: string; amount: string }[] }) {
  const { t } = useI18n();
  if (totals.length === 0) return <span className="muted">{t("corrections.nothing")}</span>;
  return <>{totals.map((total) => <span key={total.currency} className="below"><Money value={total} /></span>)}</>;
}

export function Running({ accounts }: { accounts: number }) {
  const { t } = useI18n();
  return (
    <div className="stack tight" role="status">
      <p><Icon name="clock" size={14} /> {t("corrections.running", { count: accounts })}</p>
      <progress aria-label={t("job.progress")} />
    </div>
  );
}

interface Props<Id extends string> {
  list: ListState;
  tabs: readonly { id: Id; label: Key }[];
  current: Id;
  query: { data: { items: readonly unknown[]; total: number } | undefined; error: Error | null; refetch: () => unknown };
  /** How many the tabs are about. */
  children: ReactNode;
}

/** The table of results (`children`) in its card: its tabs over it, its pages under it. */
export function ResultsCard<Id extends string>({ list, tabs, current, query: { data, error, refetch }, children }: Props<Id>) {
  const { t } = useI18n();
  return (
    <Card title={t("corrections.results")} aside={data && <span className="muted number">{data.total}</span>} flush>
      <QuickTabs label={t("corrections.results")} current={current} tabs={tabs.map(({ id, label }, index) => ({ id, label: t(label), to: list.href({ show: index === 0 ? null : id }) }))} />
      {data?.total === 0 && <EmptyState icon="checkCircle" title={t("corrections.no_results")} />}
      {data && data.total > 0 && children}
      {data && data.total > list.size && <Pager list={list} total={data.total} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={6} height={36} /></div>}
    </Card>
  );
}

/** The tab that the URL asks for. */
export function shownOf<Id extends string>(list: ListState, ids: readonly Id[]): Id {
  return ids.find((id) => id === list.get("show")) ?? ids[0]!;
}
