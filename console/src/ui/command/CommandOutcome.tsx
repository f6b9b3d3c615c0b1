/**
 * What came of a command that was no success, where it was given: refused and why, not known yet, or that the thing has
 * changed meanwhile, with what changed.
 */
import type { Change, Shown } from "../../lib/changes";
import { isMoney } from "../../lib/changes";
import { useI18n, useLabel, type Key } from "../../lib/i18n";
import type { Command } from "../../lib/useCommand";
import { PlainTable } from "../PlainTable";
import { Money, Nothing } from "../Value";
import "./command.css";

interface Props {
  command: Pick<Command<never>, "phase" | "refusal" | "conflict" | "words">;
  /** First part of the labels of the thing's fields: "invoice" for `invoice.total`. */
  fields: string;
}

export function CommandOutcome({ command: { phase, refusal, conflict, words }, fields }: Props) {
  const { t } = useI18n();
  if (phase === "changed" && conflict) return <Changed changes={conflict.changes} fields={fields} />;
  if (phase !== "refused" && phase !== "unknown") return null;
  return (
    <p className="command-error" role="alert">
      {refusal === null ? t(`${words}.unknown` as Key) : t(`${words}.failed` as Key, { reason: refusal })}
    </p>
  );
}

function Changed({ changes, fields }: { changes: readonly Change[]; fields: string }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <div className="command-changed" role="alert">
      <p>{t("command.changed")}</p>
      {changes.length > 0 && (
        <PlainTable label={t("command.changes")}>
          <thead>
            <tr><th scope="col">{t("command.field")}</th><th scope="col">{t("command.before")}</th><th scope="col">{t("command.now")}</th></tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, now }) => (
              <tr key={field}>
                <th scope="row">{label(`${fields}.${field}`, field)}</th>
                <td><ShownValue value={before} /></td>
                <td><strong><ShownValue value={now} /></strong></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </div>
  );
}

function ShownValue({ value }: { value: Shown }) {
  if (isMoney(value)) return <Money value={value} />;
  return value === null ? <Nothing /> : <span dir="auto">{String(value)}</span>;
}
