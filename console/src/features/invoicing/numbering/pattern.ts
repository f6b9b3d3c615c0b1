/**
 * What the first numbers of a pattern look like, while it is being written; null for what is no pattern.
 *
 *     examples("{year}-{n:05}", "2026-11-29")   // ["2026-00001", "2026-00002"]
 *
 * The server checks it again, with the numbers of all other series.
 */
const shape = /^(?:[A-Za-z0-9/._-]|\{year\}|\{month\}|\{n(?::0(?:[1-9]|1[0-2]))?\})+$/;

export function examples(pattern: string, day: string, count = 2): readonly string[] | null {
  if (!shape.test(pattern) || pattern.length > 40 || pattern.match(/\{n[^}]*\}/g)?.length !== 1) return null;
  return Array.from({ length: count }, (_, at) => numberText(pattern, at + 1, day));
}

function numberText(pattern: string, n: number, day: string): string {
  return pattern
    .replaceAll("{year}", day.slice(0, 4))
    .replaceAll("{month}", day.slice(5, 7))
    .replace(/\{n(?::0(\d+))?\}/, (_, digits?: string) => String(n).padStart(Number(digits ?? "0"), "0"));
}
