/**
 * A form in a drawer that sends one command: its fields come from the API's own schema of the body.
 *
 *     <CommandDrawer title={t("payment.record")} verb={t("payment.record")} body="PaymentBody" wish={{ omit: ["id"] }}
 *       words="payment" command={record} given={{ account_id }} onSend={(body) => record.run(body)} onClose={onClose} />
 *
 * What was written is not lost by a slip: leaving a form that was written in asks first. It stays until the command has
 * succeeded; what the server refused of a field stands under that field. With `preview` nothing is sent before its effect,
 * for exactly what is written, has been shown.
 */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useRef, useState, type ComponentProps, type ReactNode, type SubmitEvent } from "react";
import { fieldErrorsOf } from "../../lib/commands";
import { useLeaveGuard } from "../../lib/form/leaveGuard";
import { fieldsOf, type FormField, type Schemas, type Wish } from "../../lib/form/schema";
import { useForm, refusalOfField, type Form } from "../../lib/form/useForm";
import { fromBody, type Value } from "../../lib/form/values";
import { useI18n } from "../../lib/i18n";
import type { Command } from "../../lib/useCommand";
import { CommandOutcome } from "../command/CommandOutcome";
import { Dialog } from "../Dialog";
import { ErrorState, Skeleton } from "../States";
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
  /** The body that is there already: fields hold what it says, and none of the defaults of a new one. */
  from?: object;
  /** First part of the labels of the fields. */
  words: string;
  /** First part of the labels of the thing's fields, for what has changed meanwhile; that of the form without it. */
  changes?: string;
  own?: ComponentProps<typeof FormFields>["own"];
  /** Whether a field is asked for, as the form stands; one that is not is not sent. */
  shows?: ((field: FormField, form: Form) => boolean) | undefined;
  command: Command<Input>;
  /** Asks the server what would follow, and shows it. */
  preview?: (body: Record<string, unknown>) => Promise<ReactNode>;
  /** What stands under the fields, such as what they come to. */
  children?: ((form: Form) => ReactNode) | undefined;
  onSend: (body: Record<string, unknown>) => void;
  onClose: () => void;
}

export function CommandDrawer<Input>(props: Props<Input>) {
  // 24 kB that only forms need: fetched with the first one.
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity });
  if (!schemas) return <Dialog title={props.title} onClose={props.onClose} side><Skeleton lines={8} height={48} /></Dialog>;
  return <Drawer {...props} schemas={schemas} />;
}

function Drawer<Input>({ title, verb, body, wish, given, from, words, changes = words, own, shows, command, preview, children, onSend, onClose, schemas }: Props<Input> & { schemas: Schemas }) {
  const { t } = useI18n();
  const id = useId();
  const [fields] = useState(() => fieldsOf(schemas, body, wish).map((field) => (from ? { ...field, initial: null } : field)));
  const [begun] = useState(() => (from ? Object.fromEntries(fromBody(fields, from)) : given));
  const form = useShown(useForm(fields, begun), shows);
  const [isLeaving, setLeaving] = useState(false);
  const effect = usePreview(preview, JSON.stringify([...form.values]));
  const fieldsRefused = command.fields.size > 0 ? command.fields : effect.refused;
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
    if (written && effect.isWanted) effect.ask(written);
    else if (written) onSend(written);
  };
  // What is told under a field is not told again below.
  const isPlaced = useMemo(() => command.fields.size > 0 && [...command.fields.keys()].every((at) => fields.some(({ pointer }) => refusalOfField(new Map([[at, ""]]), pointer) !== null)), [command.fields, fields]);

  return (
    <Dialog
      title={title} onClose={close} side
      footer={
        <>
          <button type="button" className="button" disabled={command.phase === "sending"} onClick={close}>{t("action.cancel")}</button>
          <button type="submit" form={id} className="button primary" disabled={command.isBusy || effect.isAsking}>{command.isBusy ? t("command.processing") : effect.isWanted ? t("form.preview") : command.phase === "changed" ? t("command.again", { verb }) : verb}</button>
        </>
      }
    >
      <form id={id} className="stack" noValidate onSubmit={submit}>
        <FormFields form={form} words={words} refused={fieldsRefused} {...(own ? { own } : {})} />
        {children?.(form)}
        {effect.shown}
        {!command.isBusy && !isPlaced && <CommandOutcome command={command} fields={changes} />}
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

/** The form without the fields that are not asked for now: what was written in them neither counts nor is sent. */
function useShown(form: Form, shows: Props<never>["shows"]): Form {
  if (!shows) return form;
  const fields = form.fields.filter((field) => shows(field, form));
  const isShown = (pointer: string) => fields.some((field) => field.pointer === pointer);
  const faults = new Map([...form.faults].filter(([pointer]) => isShown(pointer)));
  return { ...form, fields, faults, send: () => form.send(fields) };
}

/** The effect of what is written: not asked for yet (`isWanted`), or shown. What is written next wants its own. */
function usePreview(preview: Props<never>["preview"], written: string) {
  const { t } = useI18n();
  const [state, setState] = useState<{ of: string; node: ReactNode; error: unknown } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const current = state?.of === written ? state : null;
  const refused = useMemo(() => fieldErrorsOf(state?.error), [state]);
  const ask = (body: Record<string, unknown>) => {
    setAsking(true);
    void preview?.(body)
      .then((node) => setState({ of: written, node, error: null }), (error: unknown) => setState({ of: written, node: null, error }))
      .finally(() => setAsking(false));
  };
  const failed = current?.error != null && refused.size === 0;
  // A form may be longer than the window: what follows is brought into sight, or it would be confirmed unseen.
  const section = useRef<HTMLElement>(null);
  const isShown = failed || current?.node != null;
  useEffect(() => {
    if (isShown) section.current?.scrollIntoView({ block: "start" });
  }, [isShown]);
  return {
    ask, isAsking, refused,
    isWanted: preview !== undefined && (current === null || current.error != null),
    shown: preview && (
      <section ref={section} className="form-preview" aria-label={t("form.preview")} aria-live="polite" aria-busy={isAsking}>
        {isAsking ? <Skeleton lines={3} /> : failed ? <ErrorState error={current.error} onRetry={() => setState(null)} /> : current?.node}
      </section>
    ),
  };
}
