/** Opens the import of a table, where it is listed. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { words, type Table } from "./tableImport";

const TableImportDrawer = lazy(() => import("./TableImportDrawer"));

export function ImportButton({ table }: { table: Table }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}><Icon name="up" /> {t(words[table])}</button>
      {isOpen && <Suspense fallback={null}><TableImportDrawer table={table} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}
