/**
 * Dialogs of commands about one thing, from what they say and send; `Actions` takes them as they are.
 *
 *     export const CloseDialog = confirmDialog<Account, unknown>({
 *       words: "customer_close", verb: "customer.close", fields: "customer", touches: ["customers"],
 *       facts: ({ id }, t) => [[t("customer.id"), id]],
 *       send: ({ id }, headers) => api.POST("/v1/accounts/{account_id}/close", { params: { path: { account_id: id } }, headers }),
 *       reread: ({ id }) => readCustomer(id),
 *     });
 *
 * `formDialog` is the same with a form: its fields are those of the API's body, filled in from the thing; with `preview`
 * its effect is shown before it is sent.
 */
import { useState, type ComponentProps, type ComponentType, type ReactNode } from "react";
import { answer, type Call } from "../../lib/api";
import type { Form } from "../../lib/form/useForm";
import type { Wish } from "../../lib/form/schema";
import type { Value } from "../../lib/form/values";
import { useI18n, type Key, type Translate } from "../../lib/i18n";
import { useCommand, type CommandHeaders, type CommandSpec, type CommandWords } from "../../lib/useCommand";
import type { Fact } from "../Facts";
import { CommandDrawer } from "../form/CommandDrawer";
import { ConfirmCommand, type ConfirmWords } from "./ConfirmCommand";

interface Thing {
  id: string;
  version: number;
}

interface Common<Of extends Thing> {
  /** First part of the labels of the thing's fields. */
  fields: string;
  touches: readonly string[];
  /** The version that `If-Match` is for; the thing's own without it. */
  version?: (thing: Of) => number;
  reread: (thing: Of) => Promise<{ version: number }>;
  onDone?: (body: unknown) => void;
}

export type DialogOf<Of> = ComponentType<{ thing: Of; onClose: () => void }>;

interface Confirming<Of extends Thing, Body> extends Common<Of> {
  words: ConfirmWords;
  verb: Key;
  facts: (thing: Of, t: Translate) => readonly Fact[];
  send: (thing: Of, headers: CommandHeaders) => Promise<Call<Body>>;
}

export function confirmDialog<Of extends Thing, Body>({ words, verb, fields, touches, facts, version, send, reread }: Confirming<Of, Body>): DialogOf<Of> {
  return function Confirm({ thing, onClose }) {
    const { t } = useI18n();
    const command = useCommand({ words, touches, subject: ({ id }: Of) => id, version: version ?? (({ version: own }) => own), send, reread });
    return <ConfirmCommand command={command} words={words} verb={t(verb)} fields={fields} facts={facts(thing, t)} onConfirm={() => command.run(thing, thing)} onClose={onClose} />;
  };
}

interface Asking<Of extends Thing, Body, Effect> extends Common<Of> {
  words: CommandWords;
  title: Key;
  verb: Key;
  /** The schema of the body, and which of its fields. */
  body: string;
  wish?: Wish;
  /** First part of the labels of the form's fields. */
  form: string;
  given?: (thing: Of) => Readonly<Record<string, Value>>;
  /** The body that is changed as a whole. */
  from?: (thing: Of) => object;
  /** Makes of what was written what is sent, such as only what differs. */
  toSend?: (written: Record<string, unknown>, thing: Of) => Record<string, unknown>;
  send: (thing: Of, body: never, headers: CommandHeaders) => Promise<Call<Body>>;
  /** Asks what would follow; nothing is changed by it. */
  preview?: (thing: Of, body: never) => Promise<Call<unknown>>;
  Preview?: ComponentType<{ thing: Of; effect: Effect }>;
  note?: (form: Form, thing: Of) => ReactNode;
  /** Fields that are drawn otherwise, by name; and which are asked for at all, as the form stands. */
  own?: ComponentProps<typeof CommandDrawer>["own"];
  shows?: ComponentProps<typeof CommandDrawer>["shows"];
  /** A hook that gives what follows on the page, such as going to what was made. */
  useOnDone?: () => (body: unknown) => void;
}

const useNothing = () => undefined;

export function formDialog<Of extends Thing, Body, Effect = unknown>(spec: Asking<Of, Body, Effect>): DialogOf<Of> {
  return function Ask({ thing, onClose }) {
    const { t } = useI18n();
    // What the form began with: a thing that is read anew meanwhile does not change what is being written.
    const [begun] = useState(thing);
    const { preview, Preview, note, useOnDone = useNothing } = spec;
    const onDone = useOnDone() ?? spec.onDone;
    const command = useCommand<{ thing: Of; body: Record<string, unknown> }, Body>({
      words: spec.words, touches: spec.touches, subject: ({ thing: { id } }) => id, version: ({ thing: of }) => (spec.version ?? (({ version: own }: Of) => own))(of),
      send: ({ thing: of, body }, headers) => spec.send(of, body as never, headers), reread: ({ thing: of }) => spec.reread(of), ...(onDone ? { onDone } : {}),
    } as CommandSpec<{ thing: Of; body: Record<string, unknown> }, Body>);
    const made = (written: Record<string, unknown>) => spec.toSend?.(written, begun) ?? written;
    return (
      <CommandDrawer
        title={t(spec.title)} verb={t(spec.verb)} body={spec.body} {...(spec.wish ? { wish: spec.wish } : {})} words={spec.form} changes={spec.fields} command={command} given={spec.given?.(begun) ?? {}} {...(spec.from ? { from: spec.from(begun) } : {})}
        {...(spec.own ? { own: spec.own } : {})} {...(spec.shows ? { shows: spec.shows } : {})}
        {...(preview && Preview ? { preview: async (written: Record<string, unknown>) => <Preview thing={begun} effect={(await answer(preview(begun, made(written) as never))) as Effect} /> } : {})}
        onSend={(written) => command.run({ thing: begun, body: made(written) }, begun)} onClose={onClose}
      >
        {note ? (form) => note(form, begun) : undefined}
      </CommandDrawer>
    );
  };
}

/** Of what was written what differs from what is there; a field that was emptied is null. */
export function differing(written: Record<string, unknown>, before: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const now = names.map((name) => [name, written[name] ?? null] as const);
  return Object.fromEntries(now.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name] ?? null)));
}
