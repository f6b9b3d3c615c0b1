/** A card of a report: its room is kept while it is read, it says so where it can't be read, and where there is none. */
import type { ReactNode } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { isAbsent, type Reading } from "./queries";
import type { ReportRow } from "./rows";

interface Props {
  title: string;
  reading: Reading;
  height_px?: number;
  children: (rows: readonly ReportRow[]) => ReactNode;
}

export function ReportCard({ title, reading: { data, error, refetch }, height_px = 268, children }: Props) {
  const { t } = useI18n();
  if (data) return children(data.items);
  return (
    <Card title={title}>
      <div style={{ minHeight: `${height_px}px` }}>
        {!error && <Skeleton lines={5} height={40} />}
        {error && (isAbsent(error) ? <EmptyState icon="info" title={t("analytics.absent")} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      </div>
    </Card>
  );
}
