/** The import of one of the tax tables: what storing a file would change, asked before it is stored. */
import { useState } from "react";
import { answer, api } from "../../../lib/api";
import { fieldErrorsOf, refusalOf } from "../../../lib/commands";
import type { CommandHeaders } from "../../../lib/useCommand";
import type { paths } from "../../../api/schema";

export type Table = "jurisdictions" | "rates";
type Outcome = paths["/v1/tax/rates/import"]["post"]["responses"][200]["content"]["application/json"];
export type TableImport = Outcome;

/** Changes of one page of the preview. */
export const shownChanges = 50;

/** What the import is called. */
export const words = { jurisdictions: "jurisdictions.import", rates: "tax_rates.import" } as const;

interface Query {
  preview?: boolean;
  page?: number;
  limit?: number;
}

export function sendTable(table: Table, csv: string, query: Query, headers?: Pick<CommandHeaders, "Idempotency-Key">) {
  const said = { params: { query }, body: { csv }, ...(headers ? { headers } : {}) };
  return table === "rates" ? api.POST("/v1/tax/rates/import", said) : api.POST("/v1/tax/jurisdictions/import", said);
}

/** What storing this text would change; asked anew when the text is another. */
export function useLook(table: Table, csv: string) {
  const [looked, setLooked] = useState<{ of: string; changes: TableImport; page: number } | null>(null);
  const [failed, setFailed] = useState<{ of: string; error: unknown } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = (page: number) => {
    setAsking(true);
    void answer(sendTable(table, csv, { preview: true, page, limit: shownChanges }))
      .then((changes) => { setLooked({ of: csv, changes: changes as TableImport, page }); setFailed(null); }, (error: unknown) => setFailed({ of: csv, error }))
      .finally(() => setAsking(false));
  };
  const error = failed?.of === csv ? failed.error : null;
  return {
    ask, isAsking,
    current: looked?.of === csv && error === null ? looked : null,
    problems: fieldErrorsOf(error),
    refusal: error === null ? null : (refusalOf(error) ?? (error instanceof Error ? error.message : String(error))),
  };
}
