/** What of the journal was handed to bookkeeping, month by month, with its files; and the button that hands over the next. */
import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { operator } from "../../../lib/listQuestion";
import { Card } from "../../../ui/Card";
import { EntitySelect } from "../../../ui/EntitySelect";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Count, Instant } from "../../../ui/Value";
import { useExportFiles, useExports, type JournalExport } from "./queries";

const ExportDrawer = lazy(async () => ({ default: (await import("./ExportDrawer")).ExportDrawer }));

export function ExportsView({ mayExport }: { mayExport: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useExports();
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useSearchParams();
  const shown = query.get("export") ?? data?.items[0]?.id;
  return (
    <>
      <PageTitle of={t("journal_exports.title")} />
      <div className="row">
        <h1 className="grow">{t("journal_exports.title")}</h1>
        <button type="button" className="button primary no-print" disabled={!mayExport} title={mayExport ? undefined : t("state.forbidden")} onClick={() => setOpen(true)}><Icon name="down" /> {t("journal_exports.create")}</button>
      </div>
      <p className="muted">{data?.closed_through ? t("journal_exports.closed", { month: data.closed_through }) : t("journal_exports.none_closed")}</p>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={40} />)}
      {data?.items.length === 0 && <EmptyState icon="search" title={t("journal_exports.empty")} />}
      {data && data.items.length > 0 && <Exports items={data.items} shown={shown} onShow={(id) => setQuery({ export: id })} />}
      {shown && <Files id={shown} />}
      {isOpen && <Suspense fallback={null}><ExportDrawer onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}

function Exports({ items, shown, onShow }: { items: readonly JournalExport[]; shown: string | undefined; onShow: (id: string) => void }) {
  const { t } = useI18n();
  return (
    <Card title={t("journal_exports.list")} flush>
      <PlainTable label={t("journal_exports.list")} className="stacked">
        <thead><tr><th scope="col">{t("journal_export.n")}</th><th scope="col">{t("journal_export.month")}</th><th scope="col">{t("journal_export.closes")}</th><th scope="col">{t("journal_export.exported_at")}</th></tr></thead>
        <tbody>
          {items.map(({ id, n, month, closes, exported_at, exported_by }) => (
            <tr key={id} aria-current={id === shown ? "true" : undefined}>
              <th scope="row"><button type="button" className="button quiet" onClick={() => onShow(id)}>{t("journal_export.show", { n })}</button></th>
              <td dir="ltr" data-label={t("journal_export.month")}>{month}</td>
              <td data-label={t("journal_export.closes")}>{t(closes ? "journal_export.closed" : "journal_export.open")}</td>
              <td data-label={t("journal_export.exported_at")}><Instant value={exported_at} />{exported_by && <span className="small muted below" dir="ltr">{exported_by}</span>}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Files({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useExportFiles(id);
  const [whose, setWhose] = useState("");
  return (
    <Card title={t("journal_export.files")} aside={<EntitySelect label={t("journal.legal_entity")} operatorWord={t("journal.operator")} value={whose} onChange={setWhose} />}>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} height={36} />)}
      {data && (
        <div className="stack">
          <p><Count value={data.entries} /> {t("journal_export.entries")} · <Count value={data.postings} /> {t("journal_export.postings")}</p>
          {data.files.length === 0 && <p className="muted">{t("journal_export.nothing")}</p>}
          <ul className="plain row wrap">
            {data.files.map(({ url, format, month, currency, part }) => (
              <li key={url}><a className="button" href={fileOf(url, whose)} download><Icon name="down" /> {t("journal_export.file", { format: t(`journal_export.format_${format}`), month, currency, part })}</a></li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

/** Of all of it, or of what is in the books of one legal entity. */
function fileOf(url: string, whose: string): string {
  return whose === "" ? url : `${url}&${new URLSearchParams({ legal_entity: whose === operator ? "" : whose }).toString()}`;
}
