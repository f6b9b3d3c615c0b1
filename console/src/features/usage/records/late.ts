/** How many whole days a record came after what it measured; 0 for one that came within a day. */
const day_ms = 86_400_000;

export function lateness_days(started_at: string | null, recorded_at: string): number {
  return started_at === null ? 0 : Math.max(0, Math.floor((Date.parse(recorded_at) - Date.parse(started_at)) / day_ms));
}
