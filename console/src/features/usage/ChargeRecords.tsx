/**
 * The usage records behind a charge, each with its place in the log: what the network measured and nothing else.
 *
 * Rating cites the records and reporting tells what they are; a record that reporting has not read yet is shown by its
 * citation.
 */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { formatDate } from "../../lib/time";
import { CopyButton } from "../../ui/CopyButton";
import { PlainTable } from "../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../ui/States";
import { Instant, Nothing, Quantity, ZoneName } from "../../ui/Value";
import "./ChargeRecords.css";

type UsageRecord = Answer<"/v1/usage/records">["items"][number];

interface Cited {
  citation: string;
  record: UsageRecord | undefined;
}

/** A page fits on the screen, and its citations into one URL. */
const limit = 20;

function useChargeRecords(charge_id: string, account_id: string) {
  return useInfiniteQuery({
    queryKey: ["charges", charge_id, "records"],
    initialPageParam: "0",
    queryFn: async ({ pageParam: cursor, signal }) => {
      const page = await answer(api.GET("/v1/charges/{charge_id}/records", { params: { path: { charge_id }, query: { limit, cursor } }, signal }));
      return { ...page, ...(await withRecords(page.items, account_id, signal)) };
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: Infinity,
  });
}

async function withRecords(citations: readonly string[], account_id: string, signal: AbortSignal): Promise<{ items: Cited[]; kept_since: string | null }> {
  if (citations.length === 0) return { items: [], kept_since: null };
  const query = { account_id: [account_id], citation: [...citations], limit };
  const { items, kept_since } = await answer(api.GET("/v1/usage/records", { params: { query }, signal }));
  const known = new Map(items.map((record) => [record.citation, record]));
  return { kept_since, items: citations.map((citation) => ({ citation, record: known.get(citation) })) };
}

export function ChargeRecords({ chargeId, accountId, count }: { chargeId: string; accountId: string; count: number }) {
  const { t, locale } = useI18n();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useChargeRecords(chargeId, accountId);
  const rows = data?.pages.flatMap((page) => page.items);
  const since = rows?.some(({ record }) => !record) ? data?.pages.at(-1)?.kept_since : null;
  return (
    <section className="explain-part" aria-labelledby="explain-records">
      <div className="row wrap"><h3 id="explain-records" className="grow">{t("explain.records", { count })}</h3><ZoneName /></div>
      {since && <p className="small muted">{t("explain.dropped", { day: formatDate(locale, since) })}</p>}
      {rows ? <Records rows={rows} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={32} />}
      {rows && hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("explain.more", { shown: rows.length, count })}
        </button>
      )}
    </section>
  );
}

function Records({ rows }: { rows: readonly Cited[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("explain.records_title")} className="records">
      <thead>
        <tr>
          <th scope="col">{t("explain.citation")}</th>
          <th scope="col" className="wide-only">{t("explain.started_at")}</th>
          <th scope="col" className="wide-only">{t("explain.source")}</th>
          <th scope="col" className="end">{t("line.quantity")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ citation, record }) => (
          <tr key={citation}>
            <th scope="row">
              <span className="nowrap" dir="ltr"><code>{citation}</code><CopyButton text={citation} /></span>
              {record && <span className="small muted narrow-only"><Instant value={record.started_at} named={false} />, {record.source}</span>}
            </th>
            <td className="wide-only">{record ? <Instant value={record.started_at} named={false} /> : <Nothing />}</td>
            <td className="wide-only" dir="ltr" title={record?.resource ?? undefined}>{record?.source ?? <Nothing />}</td>
            <td className="end">{record ? <Quantity value={record.quantity} meter={record.meter} /> : <Nothing />}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
