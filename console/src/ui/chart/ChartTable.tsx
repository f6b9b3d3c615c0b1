/** The same figures as a table, each place leading to its rows where there are any. */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { PlainTable } from "../PlainTable";
import { Nothing } from "../Value";
import type { ChartProps } from "./Chart";

export function ChartTable({ title, labels, series, line, beside = [], rows, format }: ChartProps & { format: (value: string) => string }) {
  const { t } = useI18n();
  const shown = line ? [...series, line] : series;
  return (
    <PlainTable label={title}>
      <thead>
        <tr>
          <th scope="col">{t("chart.place")}</th>
          {[...shown, ...beside].map(({ name }) => <th key={name} scope="col" className="end">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, index) => {
          const to = rows?.[index];
          return (
            <tr key={`${index} ${label}`}>
              <th scope="row">{to ? <Link to={to}>{label}</Link> : label}</th>
              {shown.map(({ name, values }) => <td key={name} className="end number" dir="ltr">{values[index] == null ? <Nothing /> : format(values[index])}</td>)}
              {beside.map(({ name, values }) => <td key={name} className="end number" dir="ltr">{values[index] ?? <Nothing />}</td>)}
            </tr>
          );
        })}
      </tbody>
    </PlainTable>
  );
}
