/**
 * Lines of CSV as RFC 4180 has them: `csvLine(["a", "b,c"])` is `a,"b,c"` and its line end.
 *
 * A spreadsheet takes what begins with = + - @ for a formula: such a text, unless it is a number, gets an apostrophe before it.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
