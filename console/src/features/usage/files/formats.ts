/** The kinds of file that the services read, with how people call them. */
import type { Key } from "../../../lib/i18n";
import type { FileFormat } from "./queries";

/** Total: a format that the services get has a name here, or the types say so. */
export const formats: Readonly<Record<FileFormat, Key>> = {
  csv: "file_form.format_csv",
  json: "file_form.format_json",
  ipdr: "file_form.format_ipdr",
  cdr_3gpp: "file_form.format_cdr_3gpp",
  asterisk: "file_form.format_asterisk",
  freeswitch: "file_form.format_freeswitch",
};

const byEnding: Readonly<Record<string, FileFormat>> = { csv: "csv", txt: "csv", tsv: "csv", json: "json", ndjson: "json", jsonl: "json", xml: "ipdr", dat: "cdr_3gpp", asn1: "cdr_3gpp" };

/** What a file most likely is by its name: `guessed("monday.CSV")` is "csv". */
export function guessed(name: string): FileFormat | null {
  return byEnding[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? null;
}
