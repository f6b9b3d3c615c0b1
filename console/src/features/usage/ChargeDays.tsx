/** The usage behind a charge, day by day: read when somebody opens it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { PlainTable } from "../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../ui/States";
import { BillingDate, Count, Quantity } from "../../ui/Value";

function useChargeDays(charge_id: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["charges", charge_id, "days"],
    initialPageParam: "0",
    queryFn: ({ pageParam: cursor, signal }) => answer(api.GET("/v1/charges/{charge_id}/days", { params: { path: { charge_id }, query: { cursor } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: Infinity,
    enabled,
  });
}

export default function ChargeDays({ chargeId }: { chargeId: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useChargeDays(chargeId, open);
  const days = data?.pages.flatMap(({ items }) => items);
  return (
    <details className="explain-part" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("behind.days")}</summary>
      {days ? (
        <PlainTable label={t("behind.days")}>
          <thead>
            <tr>
              <th scope="col">{t("behind.day")}</th>
              <th scope="col" className="end">{t("line.quantity")}</th>
              <th scope="col" className="end">{t("behind.records")}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, meter, quantity, records }) => (
              <tr key={`${day} ${meter}`}>
                <th scope="row"><BillingDate value={day} /></th>
                <td className="end"><Quantity value={quantity} meter={meter} /></td>
                <td className="end"><Count value={records} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      ) : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : open && <Skeleton lines={6} height={28} />}
      {hasNextPage && <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("explain.more", { shown: days?.length ?? 0, count: data?.pages[0]?.total ?? 0 })}</button>}
    </details>
  );
}
