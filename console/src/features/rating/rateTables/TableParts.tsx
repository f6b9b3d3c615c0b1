/** The parts of a rate table's page: its rates, its versions, what one changed, and which rate a number would have. */
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { useRested } from "../../../lib/rested";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Pager } from "../../../ui/table/Pager";
import { BillingDate, Count, Instant } from "../../../ui/Value";
import { versionActions } from "./actions";
import { ChangeTable } from "./ChangeTable";
import { changeKinds, isComing, standingOf, useLookup, useRateChanges, useRates, type RateTable, type RateVersion } from "./queries";
import { RateText } from "./RateText";
import "../../../ui/form/form.css";
import "../../../ui/table/DataTable.css";
import "./rateTables.css";

const rest_ms = 250;

interface Of {
  table: RateTable;
  version: RateVersion;
}

/** The rates of one version, found by how their prefix begins; prefix and page are in the URL. */
export function Rates({ table, version }: Of) {
  const { t } = useI18n();
  const list = useListState();
  const [prefix, setPrefix] = useState(list.get("prefix") ?? "");
  const asked = useRested(prefix.replace(/\D/g, ""), rest_ms);
  const { data, error, refetch, isPlaceholderData } = useRates(table.id, version.version, { page: list.page, size: list.size, sort: "prefix", ...(asked ? { prefix: asked } : {}) });
  return (
    <Card title={t("ratetable.rates_of", { n: version.version })} flush>
      <div className="rate-filters" role="search">
        <label className="form-field">
          <span className="small muted">{t("rate.find")}</span>
          <input className="field number" type="search" inputMode="numeric" autoComplete="off" value={prefix} onChange={(event) => { setPrefix(event.target.value); list.set({ prefix: event.target.value || null }, { replace: true }); }} />
        </label>
      </div>
      {data ? (
        data.items.length === 0 ? <EmptyState icon="search" title={t(asked ? "rate.none_so" : "rate.none")} /> : (
          <div aria-busy={isPlaceholderData}>
            <PlainTable label={t("ratetable.rates_of", { n: version.version })}>
              <thead><tr><th scope="col">{t("rate.prefix")}</th><th scope="col">{t("rate.name")}</th><th scope="col">{t("rate.price")}</th></tr></thead>
              <tbody>
                {data.items.map((rate) => (
                  <tr key={rate.prefix}>
                    <th scope="row" dir="ltr" className="number">{rate.prefix}</th>
                    <td dir="auto">{rate.name}</td>
                    <td><RateText rate={rate} currency={table.currency} /></td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
            <Pager list={list} total={data.total} />
          </div>
        )
      ) : <div className="pad">{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={36} />}</div>}
    </Card>
  );
}

export function RateVersions({ table }: { table: RateTable }) {
  const { t } = useI18n();
  const list = useListState();
  const today = useToday();
  if (table.versions.length === 0) return <Card title={t("ratetable.versions")}><EmptyState icon="tag" title={t("ratetable.no_version")} /></Card>;
  return (
    <Card title={t("ratetable.versions")} flush>
      <PlainTable label={t("ratetable.versions")}>
        <thead>
          <tr>
            <th scope="col">{t("ratetable.version")}</th><th scope="col">{t("ratetable.status")}</th><th scope="col" className="end">{t("ratetable.rows")}</th><th scope="col">{t("ratetable.since")}</th><th scope="col" className="wide-only">{t("ratetable.drafted_at")}</th>
            <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {table.versions.toReversed().map((version) => (
            <tr key={version.version}>
              <th scope="row" className="nowrap"><Link to={list.href({ view: null, version: String(version.version) })}>{t("ratetable.n", { n: version.version })}</Link></th>
              <td><StatusTag kind="plan" status={standingOf(version, table.versions, today)} />{isComing(version) && <Coming version={version} />}</td>
              <td className="end"><Count value={version.rows} /></td>
              <td><BillingDate value={version.effective_from} /></td>
              <td className="wide-only"><Instant value={version.drafted_at} /></td>
              <td className="end">{version.status === "draft" && <ActionMenu thing={{ ...version, id: table.id, name: table.name }} actions={versionActions} label={t("ratetable.version_actions", { n: version.version })} />}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Coming({ version: { parts, parts_added } }: { version: RateVersion }) {
  const { t } = useI18n();
  return <span className="small muted"> <progress aria-label={t("ratetable.importing")} value={parts_added} max={parts} /> {t("ratetable.parts", { done: parts_added, total: parts })}</span>;
}

/** What the chosen version changed of the one before it. */
export function Changes({ table, version }: Of) {
  const { t } = useI18n();
  const list = useListState();
  const kind = changeKinds.find((one) => one === list.get("kind")) ?? null;
  const { data, error, refetch } = useRateChanges(table.id, version.version, list.page, kind);
  return (
    <Card title={t("ratetable.changes_of", { n: version.version })}>
      {data ? <ChangeTable changes={data} currency={table.currency} page={list.page} kind={kind} onTurn={(page, next) => list.set({ page: String(page), kind: next })} />
        : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={36} />}
    </Card>
  );
}

/** Which rate a call to a number would have on a day, and why. */
export function Lookup({ table }: { table: RateTable }) {
  const { t } = useI18n();
  const [number, setNumber] = useState("");
  const [day, setDay] = useState("");
  const asked = useRested(number.trim(), rest_ms);
  const { data, error } = useLookup(table.id, asked, day);
  return (
    <Card title={t("lookup.title")}>
      <div className="stack">
        <div className="row wrap">
          <label className="form-field grow"><span>{t("lookup.number")}</span><input className="field" type="tel" autoComplete="off" dir="ltr" value={number} onChange={(event) => setNumber(event.target.value)} /></label>
          <label className="form-field"><span>{t("lookup.on")}</span><input className="field" type="date" value={day} onChange={(event) => setDay(event.target.value)} /></label>
        </div>
        <div aria-live="polite" className="stack">
          {asked !== "" && error && <p className="form-problem"><bdi>{error.message}</bdi></p>}
          {asked !== "" && data && (
            data.rate ? (
              <>
                <p><strong dir="ltr">{data.prefix}</strong> {data.rate.name}, <Version n={data.version}><BillingDate value={data.effective_from} /></Version></p>
                <RateText rate={data.rate} currency={table.currency} />
                {data.shorter.length > 0 && <p className="small muted">{t("lookup.shorter", { prefixes: data.shorter.join(", ") })}</p>}
              </>
            ) : <p>{t("lookup.none")}</p>
          )}
        </div>
      </div>
    </Card>
  );
}

function Version({ n, children }: { n: number; children: ReactNode }) {
  const { t } = useI18n();
  return <>{t("lookup.version", { n })} {children}</>;
}
