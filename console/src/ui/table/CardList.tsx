/** The rows of a DataTable as cards, for a narrow screen: the first column names the card, the rest are its facts. */
import type { RowsProps } from "./AntTable";
import { Skeleton } from "../States";
import { SelectRow } from "./SelectRow";

export function CardList<Row extends object>({ label, columns, rows, rowKey, empty, actions, selection }: RowsProps<Row>) {
  const [name, ...facts] = columns;
  if (rows === null) return <div className="data-table-wait"><Skeleton lines={12} height={40} /></div>;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <ul className="row-cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} data-row>
          <div className="row">
            {selection && <SelectRow id={rowKey(row)} selection={selection} />}
            <strong className="grow">{name?.render(row)}</strong>
            {actions(row)}
          </div>
          <dl>
            {facts.map((fact) => (
              <div key={fact.id}>
                <dt>{fact.title}</dt>
                <dd>{fact.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
