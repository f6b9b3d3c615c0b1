/**
 * The picture of usage by state: a column for every day, or every hour of two days, whether something came in it or not.
 *
 * The states are those of a record, put together by what they mean for the bill, so that no colour stands for two of them.
 */
import type { Volume } from "./queries";

const unit_ms = { day: 86_400_000, hour: 3_600_000 } as const;
/** How far back the API looks when it is not told. */
const usual = { day: 30, hour: 48 } as const;
/** The room of the picture, which is kept while it is on its way. */
export const volumeHeight_px = 180;
/** Up to so many days an hour is a column. */
const hourly_days = 2;

export const groups = {
  counted: ["accepted", "rated"],
  billed: ["billed", "late_settled"],
  parked: ["quarantined"],
  not_billed: ["not_billable", "retracted", "corrected"],
  not_counted: ["duplicate", "conflict"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Group = keyof typeof groups;

export interface Asked {
  from?: string;
  to?: string;
}

/** Of everybody what was decided on receipt; of one customer what is billed. */
export type ShownBy = "recorded_as" | "state";

export function shownBy(account_id: string | null | undefined): ShownBy {
  return account_id ? "state" : "recorded_as";
}

export function volumeTitle(by: ShownBy, bucket: Volume["bucket"]): `usage.volume_${ShownBy}_${Volume["bucket"]}` {
  return `usage.volume_${by}_${bucket}`;
}

/** By which buckets a stretch of days is shown. */
export function bucketOf({ from, to }: Asked): Volume["bucket"] {
  return from && to && Date.parse(to) - Date.parse(from) <= hourly_days * unit_ms.day ? "hour" : "day";
}

export interface Columns {
  starts: readonly string[];
  series: readonly (readonly [group: Group, records: readonly string[]])[];
}

export function columnsOf({ bucket, items, as_of }: Volume, { from, to }: Asked): Columns {
  const unit = unit_ms[bucket];
  const end = to ? Date.parse(to) : Math.floor(Date.parse(as_of) / unit) * unit + unit;
  const start = from ? Date.parse(from) : end - usual[bucket] * unit;
  const starts = Array.from({ length: Math.max(0, Math.ceil((end - start) / unit)) }, (_, index) => start + index * unit);
  const counts = new Map<string, number>();
  for (const item of items) {
    const group = groupOf(item.state ?? item.recorded_as ?? "");
    const key = `${group} ${Date.parse(item.start)}`;
    counts.set(key, (counts.get(key) ?? 0) + item.records);
  }
  const all = Object.keys(groups) as Group[];
  const shown = all.map((group) => [group, starts.map((at) => String(counts.get(`${group} ${at}`) ?? 0))] as const);
  return { starts: starts.map((at) => new Date(at).toISOString()), series: items.length === 0 ? [] : shown.filter(([, records]) => records.some((count) => count !== "0")) };
}

/** A state that only a newer server knows counts as on its way. */
function groupOf(state: string): Group {
  const found = Object.entries(groups).find(([, states]) => (states as readonly string[]).includes(state));
  return (found?.[0] as Group | undefined) ?? "counted";
}
