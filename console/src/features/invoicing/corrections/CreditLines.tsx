/** The lines of an invoice to choose from, each with what can still be credited of it and how much of that; empty is all of it. */
import { refusalOfField } from "../../../lib/form/useForm";
import { readDecimal, written as inWords } from "../../../lib/form/number";
import { useI18n } from "../../../lib/i18n";
import { PlainTable } from "../../../ui/PlainTable";
import { Money } from "../../../ui/Value";
import { isZero } from "../../../lib/decimal";
import type { InvoiceLine } from "../queries";
import "./corrections.css";
import type { ChosenLines } from "./lines";
import type { CreditableLine } from "./queries";
import "../../../ui/form/form.css";

interface Props {
  lines: readonly CreditableLine[];
  /** Of the invoice, for what the lines are called. */
  named: readonly InvoiceLine[];
  chosen: ChosenLines;
  /** What the server refused, by JSON pointer; lines are told in the order in which they were sent. */
  refused: ReadonlyMap<string, string>;
  onChange: (chosen: ChosenLines) => void;
}

export function CreditLines({ lines, named, chosen, refused, onChange }: Props) {
  const { t } = useI18n();
  const without = (n: number) => new Map([...chosen].filter(([other]) => other !== n));
  const sent = lines.filter(({ n }) => chosen.has(n)).map(({ n }) => n);
  return (
    <PlainTable label={t("credit.lines")} className="credit-lines">
      <thead>
        <tr>
          <th scope="col">{t("line.description")}</th>
          <th scope="col" className="end">{t("credit.left_of_line")}</th>
          <th scope="col" className="end">{t("credit.of_line")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ n, net, left }) => {
          const written = chosen.get(n);
          const told = written === undefined ? null : refusalOfField(refused, `/lines/${sent.indexOf(n)}`);
          const isWrong = told !== null || (written !== undefined && written.trim() !== "" && readDecimal(written) === null);
          return (
            <tr key={n}>
              <th scope="row">
                <label className="credit-line"><input type="checkbox" checked={written !== undefined} disabled={isZero(left.amount)} onChange={(event) => onChange(event.target.checked ? new Map([...chosen, [n, ""]]) : without(n))} /> <span>{named.find((line) => line.n === n)?.description ?? n}</span></label>
                {told && <span className="form-problem small" role="alert">{told}</span>}
              </th>
              <td className="end"><Money value={left} />{left.amount !== net.amount && <span className="small muted below">{t("credit.of_net")} <Money value={net} /></span>}</td>
              <td className="end">
                <input
                  className="field number" inputMode="decimal" autoComplete="off" aria-label={t("credit.of_line_n", { n })} placeholder={written === undefined ? "" : inWords(left.amount)} disabled={written === undefined}
                  value={written ?? ""} aria-invalid={isWrong} onChange={(event) => onChange(new Map([...chosen, [n, event.target.value]]))}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </PlainTable>
  );
}
