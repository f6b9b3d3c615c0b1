/** Rows of a report by column, whatever the report, with where the rows behind a figure are. */
export interface ReportRow {
  currency?: string | null;
  /** By figure: the list request behind it. */
  rows?: Readonly<Record<string, string | null>>;
  [column: string]: unknown;
}

/** A column as text, null where there is none. */
export function textOf(row: ReportRow | undefined, column: string): string | null {
  const value = row?.[column];
  return value === null || value === undefined ? null : String(value);
}
