/** Export of a list that the server makes no file of: its rows are read page by page, all of the filter, and saved as CSV. */
import { useEffect, useRef, useState } from "react";
import { useI18n } from "../../lib/i18n";
import { saveText } from "../../lib/save";
import { toast } from "../../lib/toast";
import { Icon } from "../Icon";
import type { ListPage } from "../table/column";
import { readAll, rowsMax } from "./readAll";
import { rowsCsv } from "./rowsCsv";

export interface RowsExportProps<Row extends object, Query extends object> {
  name: string;
  question: Query;
  read: (query: Query, signal: AbortSignal) => Promise<ListPage<Row>>;
}

export default function ExportRows<Row extends object, Query extends object>({ name, question, read }: RowsExportProps<Row, Query>) {
  const { t } = useI18n();
  const [isBusy, setBusy] = useState(false);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const run = async () => {
    setBusy(true);
    const here = (reading.current = new AbortController());
    try {
      const { rows, isWhole } = await readAll(read, question, here.signal);
      saveText(`${name}.csv`, "text/csv", rowsCsv(rows));
      toast(isWhole ? "success" : "danger", t(isWhole ? "export.saved" : "export.cut", { count: isWhole ? rows.length : rowsMax }));
    } catch (error) {
      if (!here.signal.aborted) toast("danger", t("export.failed", { reason: error instanceof Error ? error.message : String(error) }));
    } finally {
      setBusy(false);
    }
  };
  return <button type="button" className="button" disabled={isBusy} onClick={() => void run()}><Icon name="down" /> {t(isBusy ? "export.reading" : "export.label")}</button>;
}
