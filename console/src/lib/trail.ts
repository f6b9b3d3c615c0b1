/** Where the log tells of one thing: each of its events, with who caused it. */
export function eventsPath(aggregate_id: string): string {
  return `/usage/events?${new URLSearchParams({ aggregate_id })}`;
}
