/**
 * From the days of a list's filter to the moments that the API of usage asks for: a day is one of UTC, and the last one counts.
 *
 *     momentsOf({ from: "2026-11-01", to: "2026-11-30" })   // { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }
 */
const day_ms = 86_400_000;

export function momentsOf<Asked extends object>(asked: Asked): Asked {
  const { from, to } = asked as { from?: string; to?: string };
  return { ...asked, ...(from && { from: `${from}T00:00:00Z` }), ...(to && { to: dayAfter(to) }) };
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - day_ms).toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + day_ms).toISOString().replace(".000", "");
}
