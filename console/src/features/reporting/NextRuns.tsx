/** The next billing run of each cycle: when, over how many customers, what to expect of it, and a preview at a click. */
import { Link, useNavigate } from "react-router";
import { api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { BillingDate, Count, Instant, Money, Nothing } from "../../ui/Value";
import { useAutomatic, useNextRuns, type NextRun } from "./queries";

export function NextRuns({ mayIssue }: { mayIssue: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useNextRuns();
  const automatic = useAutomatic();
  const dueOf = (cycle_id: string) => automatic.data?.items.find((one) => one.cycle_id === cycle_id)?.due_at;
  return (
    <Card title={t("next_runs.title")} aside={<Link className="small" to="/billing-runs">{t("next_runs.all")}</Link>} className="next-runs" flush>
      {data?.items.length === 0 && <EmptyState icon="calendar" title={t("next_runs.none")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("next_runs.title")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("next_runs.cycle")}</th><th scope="col">{t("next_runs.date")}</th><th scope="col" className="end">{t("next_runs.customers")}</th>
              <th scope="col" className="end" title={t("next_runs.expected_hint")}>{t("next_runs.expected")}</th><th scope="col">{t("next_runs.state")}</th><th scope="col"><span className="visually-hidden">{t("next_runs.preview")}</span></th>
            </tr>
          </thead>
          <tbody>{data.items.map((run) => <Row key={run.cycle_id} run={run} due_at={dueOf(run.cycle_id)} mayIssue={mayIssue} />)}</tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={2} height={40} /></div>}
    </Card>
  );
}

function Row({ run: { cycle_id, name, target_date, customers, drafts, expected }, due_at, mayIssue }: { run: NextRun; due_at: string | undefined; mayIssue: boolean }) {
  const { t } = useI18n();
  const customersOf = `/customers?cycle_id=${encodeURIComponent(cycle_id)}`;
  return (
    <tr>
      <th scope="row"><Link to={`/cycles?cycle=${encodeURIComponent(cycle_id)}`} dir="auto">{name}</Link></th>
      <td data-label={t("next_runs.date")}><BillingDate value={target_date} /></td>
      <td className="end" data-label={t("next_runs.customers")}><Link to={customersOf}><Count value={customers} /></Link>{drafts > 0 && <span className="small muted below">{t("next_runs.drafts", { count: drafts })}</span>}</td>
      <td className="end" data-label={t("next_runs.expected")}>{expected.length === 0 ? <Nothing /> : expected.map(({ currency, amount }) => <span key={currency} className="below money-about">≈ <Money value={{ amount, currency }} /></span>)}</td>
      <td data-label={t("next_runs.state")}>{due_at ? <>{t("next_runs.automatic")}<span className="small muted below"><Instant value={due_at} named={false} /></span></> : t("next_runs.by_hand")}</td>
      <td className="end stacked-actions">{mayIssue && <Preview cycle_id={cycle_id} name={name} target_date={target_date} />}</td>
    </tr>
  );
}

/** Starts a dry run, which counts and sums and locks nothing, and shows it. */
function Preview({ cycle_id, name, target_date }: Pick<NextRun, "cycle_id" | "name" | "target_date">) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const start = useCommand({
    words: "next_runs", touches: ["billing-runs"], loud: true,
    send: (body: { scope: { cycle_id: string }; target_date: string; dry_run: boolean }, headers) => api.POST("/v1/billing-runs", { body, headers }),
    onDone: (body) => {
      if ("id" in body) void navigate(`/billing-runs/${encodeURIComponent(body.id)}`);
    },
  });
  return (
    <button type="button" className="button" disabled={start.isBusy} onClick={() => start.run({ scope: { cycle_id }, target_date, dry_run: true })}>
      {t("next_runs.preview")} <span className="visually-hidden">{name}</span>
    </button>
  );
}
