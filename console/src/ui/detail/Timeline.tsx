/** What the log says of a thing, or of the house: who did what when, because of what. `none` where it says nothing. */
import { Card } from "../Card";
import { EventList, type LoggedEvent } from "../EventList";
import { EmptyState, ErrorState, Skeleton } from "../States";
import { ZoneName } from "../Value";

interface Props {
  title: string;
  none: string;
  query: { data: { items: readonly LoggedEvent[] } | undefined; error: Error | null; refetch: () => unknown };
  /** Lines of grey while it is read. */
  lines?: number;
  height?: number;
  className?: string;
}

export function Timeline({ title, none, query: { data, error, refetch }, lines = 5, height = 36, className = "" }: Props) {
  return (
    <Card title={title} aside={<ZoneName />} className={className} flush>
      {data?.items.length === 0 && <EmptyState icon="clock" title={none} />}
      {data && data.items.length > 0 && <EventList events={data.items} label={title} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={lines} height={height} /></div>}
    </Card>
  );
}
