/** One report: what it is asked with, its rows with the totals of each currency, and its files. What it is asked stands in the URL. */
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { isStatus } from "../../../lib/problem";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { DateField } from "../../../ui/DateField";
import ExportMenu from "../../../ui/list/ExportMenu";
import { PageTitle } from "../../../ui/PageTitle";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Instant } from "../../../ui/Value";
import { plainly } from "./names";
import { useCatalogue, useReport, type Asked, type CatalogueEntry, type ReportRow } from "./queries";
import { ColumnName, ReportTable } from "./ReportTable";
import "../../../ui/form/form.css";
import "../../../ui/list/Filters.css";
import "./meanings.css";

const formats = ["xlsx", "pdf", "csv", "ndjson"] as const;

export function ReportView({ name }: { name: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useCatalogue();
  const entry = data?.items.find((each) => each.name === name);
  if (!data) return <Nameable name={name}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} height={40} />}</Nameable>;
  if (!entry) return <Nameable name={name}><EmptyState icon="search" title={t("reports.unknown", { name })} /></Nameable>;
  return <Known entry={entry} />;
}

/** The page of a report of which nothing is known but what it is called. */
function Nameable({ name, children }: { name: string; children: ReactNode }) {
  return <><PageTitle of={plainly(name)} /><h1>{plainly(name)}</h1>{children}</>;
}

function Known({ entry }: { entry: CatalogueEntry }) {
  const { t } = useI18n();
  const [query, setQuery] = useSearchParams();
  const asked: Asked = Object.fromEntries([...query].filter(([name, value]) => entry.parameters.includes(name) && value !== ""));
  const { data, error, refetch } = useReport(entry.name, asked);
  const set = (name: string, value: string) => setQuery((before) => {
    const next = new URLSearchParams(before);
    if (value === "") next.delete(name);
    else next.set(name, value);
    return next;
  }, { replace: true });
  const title = plainly(entry.name);
  return (
    <>
      <PageTitle of={title} />
      <div className="row wrap">
        <h1 className="grow">{title}</h1>
        <ExportMenu exported={{ report: entry.name, formats }} filter={asked} />
      </div>
      <p className="muted"><Said text={entry.definition} /></p>
      <Parameters entry={entry} asked={asked} shown={data} onSet={set} />
      <Card title={title} flush aside={data && <span className="small muted">{t("reports.as_of")} <Instant value={data.as_of} /></span>}>
        {error && isStatus(error, 422) ? <p className="form-problem form-note" role="alert"><bdi>{error.message}</bdi></p>
          : !data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={36} />)}
        {data?.items.length === 0 && <EmptyState icon="search" title={t("reports.nothing")} />}
        {data && data.items.length > 0 && <ReportTable label={title} columns={entry.columns} rows={data.items as readonly ReportRow[]} />}
      </Card>
      <Meanings entry={entry} />
    </>
  );
}

interface ParametersProps {
  entry: CatalogueEntry;
  asked: Asked;
  /** The report's own, where nothing is asked. */
  shown: { from: string | null; to: string | null; group_by: string | null } | undefined;
  onSet: (name: string, value: string) => void;
}

function Parameters({ entry: { parameters, groups, default_group }, asked, shown, onSet }: ParametersProps) {
  const { t } = useI18n();
  return (
    <div className="row wrap no-print" role="group" aria-label={t("reports.parameters")}>
      {parameters.includes("from") && <DateField label={t("reports.from")} value={asked.from ?? shown?.from ?? ""} onChange={(value) => onSet("from", value)} />}
      {parameters.includes("to") && <DateField label={t("reports.to")} value={asked.to ?? shown?.to ?? ""} onChange={(value) => onSet("to", value)} />}
      {groups.length > 0 && (
        <label className="filter-date">
          <span className="small muted">{t("reports.group_by")}</span>
          <select className="field" value={asked.group_by ?? default_group ?? ""} onChange={({ target }) => onSet("group_by", target.value)}>
            {default_group === null && <option value="">{t("reports.all")}</option>}
            {groups.map((group) => <option key={group} value={group}>{plainly(group)}</option>)}
          </select>
        </label>
      )}
      {parameters.includes("currency") && (
        <label className="filter-date">
          <span className="small muted">{t("reports.currency")}</span>
          <input className="field" size={6} maxLength={3} pattern="[A-Z]{3}" placeholder={t("reports.all")} defaultValue={asked.currency ?? ""} dir="ltr" onChange={({ target }) => (target.value === "" || target.value.length === 3) && onSet("currency", target.value.toUpperCase())} />
        </label>
      )}
    </div>
  );
}

function Meanings({ entry: { columns, figures } }: { entry: CatalogueEntry }) {
  const { t } = useI18n();
  return (
    <Card title={t("reports.meanings")}>
      <dl className="facts">
        {[...columns, ...figures].map(({ name, definition, formula }) => (
          <div key={name}><dt><ColumnName name={name} /></dt><dd><Said text={definition} />{formula && <> = <code dir="ltr">{formula}</code></>}</dd></div>
        ))}
      </dl>
    </Card>
  );
}

/** A sentence of the catalogue, in which what is written as code stands between backticks. */
function Said({ text }: { text: string }) {
  return <span dir="auto">{text.split("`").map((part, n) => (n % 2 === 1 ? <code key={n}>{part}</code> : part))}</span>;
}
