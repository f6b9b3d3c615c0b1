/** The box that chooses a row; `x` does so for the row that has the focus (rowKeys.ts). */
import { useI18n } from "../../lib/i18n";
import type { RowSelection } from "./AntTable";

export function SelectRow({ id, selection }: { id: string; selection: RowSelection }) {
  const { t } = useI18n();
  return <input type="checkbox" data-select aria-label={t("list.select_row", { name: id })} checked={selection.has(id)} onChange={() => selection.toggle(id)} />;
}
