/** What an import makes of an entry field by field, and where a file was refused. */

/** An entry as it was, or null, and as it will be. */
export interface Changed {
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>>;
}

/** The fields of an entry that an import makes other than they are, each with what it was. */
export function differences({ before, after }: Changed): readonly { field: string; was: string | null; is: string | null }[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].filter((field) => field !== "id");
  return fields
    .map((field) => ({ field, was: said(before?.[field]), is: said(after[field]) }))
    .filter(({ was, is }) => was !== is);
}

function said(value: unknown): string | null {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  return Array.isArray(value) ? value.join(" ") : String(value);
}

/** A row of a file that was refused: `/lines/18/rate` is line 18, column rate. */
export function placeOf(pointer: string): { line: string; column: string | null } | null {
  const [, root, line, column] = pointer.split("/");
  return root === "lines" && line ? { line, column: column ?? null } : null;
}
