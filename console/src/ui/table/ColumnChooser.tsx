/** Shows and hides the columns of a table; the choice goes into the URL (to share) and is remembered (for next time). */
import { useI18n } from "../../lib/i18n";
import type { ListState } from "../../lib/listState";
import { usePreference } from "../../lib/preferences";
import { Disclosure } from "../Disclosure";
import { Icon } from "../Icon";
import type { Column } from "./column";

interface Props<Row> {
  name: string;
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  list: ListState;
}

export function ColumnChooser<Row>({ name, columns, shown, list }: Props<Row>) {
  const { t } = useI18n();
  const [remembered, remember] = usePreference("columns");
  const visible = new Set(shown.map(({ id }) => id));

  const toggle = (id: string) => {
    const next = columns.map((column) => column.id).filter((other) => (other === id ? !visible.has(id) : visible.has(other)));
    remember({ ...remembered, [name]: next });
    list.set({ cols: next.join(",") });
  };
  const reset = () => {
    const { [name]: _forgotten, ...others } = remembered;
    remember(others);
    list.set({ cols: null });
  };

  return (
    <Disclosure label={t("list.columns")} button={<><Icon name="columns" /> {t("list.columns")}</>} className="button">
      {() => (
        <>
          {columns.slice(1).map((column) => (
            <label key={column.id} className="menu-item">
              <input type="checkbox" checked={visible.has(column.id)} onChange={() => toggle(column.id)} />
              {column.title}
            </label>
          ))}
          <hr />
          <button type="button" className="menu-item" onClick={reset}>{t("list.columns_reset")}</button>
        </>
      )}
    </Disclosure>
  );
}
