/**
 * A form in a drawer that sends one command: its fields come from the API's own schema of the body.
 *
 *     <CommandDrawer title={t("payment.record")} verb={t("payment.record")} body="PaymentBody" wish={{ omit: ["id"] }}
 *       words="payment" command={record} given={{ account_id }} onSend={(body) => record.run(body)} onClose={onClose} />
 *
 * What was written is not lost by a slip: leaving a form that was written in asks first. It stays until the command has
 * succeeded; what the server refused of a field stands under that field.
 */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useState, type ComponentProps, type SubmitEvent } from "react";
import { fieldsOf, type Schemas, type Wish } from "../../lib/form/schema";
import { useForm, refusalOfField } from "../../lib/form/useForm";
import type { Value } from "../../lib/form/values";
import { useI18n } from "../../lib/i18n";
import type { Command } from "../../lib/useCommand";
import { CommandOutcome } from "../command/CommandOutcome";
import { Dialog } from "../Dialog";
import { Skeleton } from "../States";
import { FormFields } from "./FormFields";

interface Props<Input> {
  title: string;
  /** What the button says. */
  verb: string;
  /** The schema's name in the OpenAPI document. */
  body: string;
  wish?: Wish;
  /** What fields hold at first, by name. */
  given?: Readonly<Record<string, Value>>;
  /** First part of the labels of the fields. */
  words: string;
  own?: ComponentProps<typeof FormFields>["own"];
  command: Command<Input>;
  onSend: (body: Record<string, unknown>) => void;
  onClose: () => void;
}

export function CommandDrawer<Input>(props: Props<Input>) {
  // 24 kB that only forms need: fetched with the first one.
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity });
  if (!schemas) return <Dialog title={props.title} onClose={props.onClose} side><Skeleton lines={8} height={48} /></Dialog>;
  return <Drawer {...props} schemas={schemas} />;
}

function Drawer<Input>({ title, verb, body, wish, given, words, own, command, onSend, onClose, schemas }: Props<Input> & { schemas: Schemas }) {
  const { t } = useI18n();
  const id = useId();
  const [fields] = useState(() => fieldsOf(schemas, body, wish));
  const form = useForm(fields, given);
  const [isLeaving, setLeaving] = useState(false);
  useLeaveGuard(form.isDirty);
  useEffect(() => {
    if (command.phase === "done") onClose();
  }, [command.phase, onClose]);

  const close = () => {
    if (command.phase === "sending") return;
    if (form.isDirty && !command.isBusy) setLeaving(true);
    else onClose();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = command.isBusy ? null : form.send();
    if (written) onSend(written);
  };
  // What is told under a field is not told again below.
  const isPlaced = useMemo(() => command.fields.size > 0 && [...command.fields.keys()].every((at) => fields.some(({ pointer }) => refusalOfField(new Map([[at, ""]]), pointer) !== null)), [command.fields, fields]);

  return (
    <Dialog
      title={title} onClose={close} side
      footer={
        <>
          <button type="button" className="button" disabled={command.phase === "sending"} onClick={close}>{t("action.cancel")}</button>
          <button type="submit" form={id} className="button primary" disabled={command.isBusy}>{command.isBusy ? t("command.processing") : verb}</button>
        </>
      }
    >
      <form id={id} className="stack" noValidate onSubmit={submit}>
        <FormFields form={form} words={words} refused={command.fields} {...(own ? { own } : {})} />
        {!command.isBusy && !isPlaced && <CommandOutcome command={command} fields={words} />}
      </form>
      {isLeaving && (
        <Dialog
          title={t("form.leave_title")} onClose={() => setLeaving(false)}
          footer={
            <>
              <button type="button" className="button" onClick={() => setLeaving(false)}>{t("form.stay")}</button>
              <button type="button" className="button primary" onClick={onClose}>{t("form.leave")}</button>
            </>
          }
        >
          <p>{t("form.leave_hint")}</p>
        </Dialog>
      )}
    </Dialog>
  );
}

/** The browser asks before the tab is closed over what was written. */
function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isDirty]);
}
