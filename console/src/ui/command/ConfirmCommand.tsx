/**
 * Asks before a command that money or a document depends on: what it is about, what follows, and where asked for, why.
 *
 *     <ConfirmCommand command={issue} verb={t("invoice.issue")} facts={[…]} fields="invoice"
 *       onConfirm={(reason) => issue.run({ id, version }, invoice)} onClose={onClose} />
 *
 * It stays until the answer is there, and after one that was no success. While the command is "processing" it may be
 * closed: the row goes on saying so, and a toast tells the end.
 */
import { useEffect, useId, useState, type ReactNode } from "react";
import { useI18n, useLabel, type Key } from "../../lib/i18n";
import type { Words } from "../../lib/i18n/prefix";
import type { Command } from "../../lib/useCommand";
import { Dialog } from "../Dialog";
import { Facts, type Fact } from "../Facts";
import { CommandOutcome } from "./CommandOutcome";

/** First parts of labels with a title, a consequence, and what `useCommand` says. */
export type ConfirmWords = Words<"title" | "consequence" | "done" | "failed" | "unknown">;

interface Props<Input> {
  command: Command<Input>;
  words: ConfirmWords;
  /** What the button says: the action's own word. */
  verb: string;
  facts: readonly Fact[];
  /** First part of the labels of the thing's fields. */
  fields: string;
  /** Codes to choose from; with them a reason must be given. `reason.<code>` is the label, or begins with `reasonWords`. */
  reasons?: readonly string[];
  reasonWords?: string;
  /** What must be typed in, such as the number of things that a batch is about. */
  typed?: string;
  /** False while something is missing of what the children ask for. */
  ready?: boolean;
  /** Beside the page over its whole height, for what asks more than a few lines. */
  side?: boolean;
  children?: ReactNode;
  onConfirm: (reason: string | null) => void;
  onClose: () => void;
}

export function ConfirmCommand<Input>({ command, words, verb, facts, fields, reasons, reasonWords, typed, ready = true, side = false, children, onConfirm, onClose }: Props<Input>) {
  const { t } = useI18n();
  const [reason, setReason] = useState<string | null>(null);
  const [text, setText] = useState("");
  const isReady = ready && (!reasons || reason !== null) && (!typed || text.trim() === typed);
  useEffect(() => {
    if (command.phase === "done") onClose();
  }, [command.phase, onClose]);
  const close = () => {
    if (command.phase !== "sending") onClose();
  };
  return (
    <Dialog
      title={t(`${words}.title` as Key)} onClose={close} side={side}
      footer={
        <>
          <button type="button" className="button" disabled={command.phase === "sending"} onClick={close}>{t(command.phase === "processing" ? "action.close" : "action.cancel")}</button>
          <button type="button" className="button primary" disabled={command.isBusy || !isReady} onClick={() => onConfirm(reason)}>
            {command.isBusy ? t("command.processing") : command.phase === "changed" ? t("command.again", { verb }) : verb}
          </button>
        </>
      }
    >
      <div className="stack">
        {facts.some(Boolean) && <Facts facts={facts} />}
        <p>{t(`${words}.consequence` as Key)}</p>
        {children}
        {reasons && <ReasonField reasons={reasons} words={reasonWords} value={reason} onChange={setReason} />}
        {typed && <TypedField wanted={typed} value={text} onChange={setText} />}
        {!command.isBusy && <CommandOutcome command={command} fields={fields} />}
      </div>
    </Dialog>
  );
}

export function ReasonField({ reasons, words, value, onChange }: { reasons: readonly string[]; words?: string | undefined; value: string | null; onChange: (reason: string | null) => void }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <label className="command-reason">
      <span>{t("command.reason")}</span>
      <select className="field" required value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{t("command.choose")}</option>
        {reasons.map((code) => <option key={code} value={code}>{label(words ? `${words}.${code}` : `reason.${code}`, code)}</option>)}
      </select>
    </label>
  );
}

function TypedField({ wanted, value, onChange }: { wanted: string; value: string; onChange: (text: string) => void }) {
  const { t } = useI18n();
  const id = useId();
  return (
    <label className="command-reason" htmlFor={id}>
      <span>{t("command.type", { text: wanted })}</span>
      <input id={id} className="field" inputMode="numeric" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
