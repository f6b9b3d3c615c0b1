/** What verifications and rebuilds found: tables built anew from the log beside those in use, the newest first. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { formatDecimal } from "../../../lib/money";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Icon } from "../../../ui/Icon";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Pager } from "../../../ui/table/Pager";
import { Count, Instant } from "../../../ui/Value";
import "./system.css";
import "../analytics/analytics.css";

type Proof = Answer<"/v1/proof/rebuilds">["items"][number];

const services = ["usage", "rating", "invoicing", "payments", "reporting"] as const;
const results = ["all", "equal", "different"] as const;

export function Rebuilds() {
  const { t } = useI18n();
  const list = useListState();
  const service = services.find((one) => one === list.get("service")) ?? null;
  const result = results.find((one) => one === list.get("status")) ?? "all";
  const query = { page: list.page, size: list.size, ...(service ? { service } : {}), ...(result === "all" ? {} : { equal: result === "equal" }) };
  const { data, error, refetch } = useQuery({
    queryKey: ["proof", "rebuilds", query],
    queryFn: ({ signal }) => answer(api.GET("/v1/proof/rebuilds", { params: { query }, signal })),
    refetchInterval: useRefreshInterval(),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="row wrap ask-bar no-print">
        <label className="row"><span className="small muted">{t("system.service")}</span>
          <select className="field" value={service ?? ""} onChange={(event) => list.set({ service: event.target.value || null })}><option value="">{t("system.every_service")}</option>{services.map((one) => <option key={one}>{one}</option>)}</select>
        </label>
        <label className="row"><span className="small muted">{t("system.result")}</span>
          <select className="field" value={result} onChange={(event) => list.set({ status: event.target.value === "all" ? null : event.target.value })}>{results.map((one) => <option key={one} value={one}>{t(`system.result_${one}`)}</option>)}</select>
        </label>
      </div>
      <Card title={t("system.rebuilds")} flush>
        {data?.total === 0 && <EmptyState icon="search" title={t("system.no_rebuilds")}><p className="muted">{t("system.no_rebuilds_hint")} <code>meterlog verify</code></p></EmptyState>}
        {data && data.total > 0 && <ul className="proofs">{data.items.map((proof) => <li key={proof.proof_id}><ProofRow proof={proof} /></li>)}</ul>}
        {data && data.total > list.size && <Pager list={list} total={data.total} />}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="pad"><Skeleton lines={5} height={44} /></div>}
      </Card>
    </>
  );
}

function ProofRow({ proof }: { proof: Proof }) {
  const { t, locale } = useI18n();
  const { service, kind, equal, shown, rows, digest, seconds, generation, resumed, why, tables, not_compared, differences, finished_at, offsets } = proof;
  const [icon, tone, word] = equal === null ? (["warning", "muted", "system.not_compared"] as const) : equal ? (["checkCircle", "success-text", "system.equal"] as const) : (["error", "danger-text", "system.different"] as const);
  return (
    <details>
      <summary>
        <span className={`row ${tone}`}><Icon name={icon} /> {t(word)}</span>
        <strong>{service}</strong>
        <span>{t(kind === "rebuild" ? "system.kind_rebuild" : "system.kind_verify")}{shown && <span className="muted"> · {t("system.shown")}</span>}</span>
        <span className="number" dir="auto">{t("system.rows", { count: rows })}</span>
        <span className="number muted">{t("system.seconds", { seconds: formatDecimal(locale, seconds.toFixed(1)) })}</span>
        <span className="muted"><Instant value={finished_at} seconds /></span>
      </summary>
      <div className="proof-more stack">
        {why && <p className="danger-text break">{why}</p>}
        <dl className="pairs">
          <div><dt>{t("system.digest")}</dt><dd className="break" dir="ltr"><code>{digest.slice(0, 16)}…</code> <CopyButton text={digest} /></dd></div>
          <div><dt>{t("system.generation")}</dt><dd><Count value={generation} />{resumed && <span className="muted"> · {t("system.resumed")}</span>}</dd></div>
          <div><dt>{t("system.tables")}</dt><dd><Count value={tables.length} /></dd></div>
          <div><dt>{t("system.offsets")}</dt><dd className="break small" dir="ltr">{Object.entries(offsets).map(([place, offset]) => `${place}: ${offset}`).join(", ")}</dd></div>
          {not_compared.length > 0 && <div><dt>{t("system.left_out")}</dt><dd className="break small" dir="ltr">{not_compared.join(", ")}</dd></div>}
        </dl>
        {differences.length > 0 && (
          <section className="stack tight">
            <h3>{t("system.differences")}</h3>
            <ul>{differences.map((difference, index) => <li key={index}><code className="break" dir="ltr">{JSON.stringify(difference)}</code></li>)}</ul>
          </section>
        )}
      </div>
    </details>
  );
}
