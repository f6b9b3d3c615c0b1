/**
 * The one way to write: a key per command, the version it is for, the wait for its event, and what came of it.
 *
 *     const issue = useCommand<IssueInput, IssueAnswer>({
 *       words: "issue", touches: ["invoices"], subject: ({ id }) => id, version: ({ version }) => version,
 *       send: ({ id }, headers) => api.POST("/v1/invoices/{invoice_id}/issue", { params: { path: { invoice_id: id } }, headers }),
 *     });
 *     issue.run({ id, version }, invoice);
 *
 * - The key stays as long as nobody knows what became of the command: a second click, or a click after a lost answer, is
 *   the same command. A definite answer, or another input, gets a new key.
 * - 202 is "processing" until the command's result is there and what it touches has been read again, with its position.
 * - 412 reads the thing anew (`reread`) and tells what changed; `run` then sends the new version.
 * - Success is told by a toast; a failure by whoever shows the command, and by a toast when that is gone (or `loud`).
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, type Call } from "./api";
import { changesBetween, type Change } from "./changes";
import { awaitCommand, CommandNotDone, commandKey, fieldErrorsOf, isAccepted, isChanged, refusalOf } from "./commands";
import { useI18n, type Key } from "./i18n";
import type { Words } from "./i18n/prefix";
import { markProcessing } from "./processing";
import { toast } from "./toast";

export type CommandHeaders = Readonly<{ "Idempotency-Key": string } & Partial<Record<"If-Match", string>>>;

/** First parts of labels that have `.done`, `.failed` (with its `{reason}`) and `.unknown`. */
export type CommandWords = Words<"done" | "failed" | "unknown">;

export interface CommandSpec<Input, Body> {
  words: CommandWords;
  send: (input: Input, headers: CommandHeaders) => Promise<Call<Body>>;
  /** First parts of the query keys that show what it changes. */
  touches: readonly string[];
  /** The id of what it changes; its row says "processing" meanwhile. */
  subject?: (input: Input) => string;
  version?: (input: Input) => number;
  /** Whether the answer says that it has happened; without it, any answer does. */
  isDone?: (body: Body) => boolean;
  /** Reads what it changes as it is now, after a 412. */
  reread?: (input: Input) => Promise<{ version: number }>;
  onDone?: (body: Body) => void;
  /** Tells a failure by a toast even while what gave the command is shown: a menu's item has no room for it. */
  loud?: boolean;
}

export interface Conflict {
  version: number;
  changes: readonly Change[];
}

export interface Command<Input> {
  /** `seen`: the thing as the reader had it before them, to tell what changed since. */
  run: (input: Input, seen?: object) => void;
  reset: () => void;
  phase: "idle" | "sending" | "processing" | "done" | "refused" | "changed" | "unknown";
  isBusy: boolean;
  /** The server's reason; null unless it refused. */
  refusal: string | null;
  /** What it says of single fields, by JSON pointer. */
  fields: ReadonlyMap<string, string>;
  conflict: Conflict | null;
  words: CommandWords;
}

interface Ask<Input> {
  input: Input;
  seen: object;
  key: string;
}

export function useCommand<Input, Body>(spec: CommandSpec<Input, Body>): Command<Input> {
  const { t } = useI18n();
  const client = useQueryClient();
  const keys = useKeys<Input>();
  const isShown = useIsShown();
  const [accepted, setAccepted] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const readAnew = (refetchType: "active" | "none" = "active") => Promise.all(spec.touches.map((root) => client.invalidateQueries({ queryKey: [root], refetchType })));

  const mutation = useMutation({
    mutationFn: async ({ input, key, seen }: Ask<Input>) => {
      const end = spec.subject ? markProcessing(spec.subject(input)) : () => undefined;
      const version = conflict?.version ?? spec.version?.(input);
      try {
        const body = await answer(spec.send(input, { "Idempotency-Key": key, ...(version === undefined ? {} : { "If-Match": String(version) }) }));
        await settled(body, spec, () => setAccepted(true));
        setConflict(null);
        await readAnew();
        return body;
      } catch (error) {
        const found = isChanged(error) && spec.reread ? await compare(spec.reread(input), seen) : null;
        setConflict(found);
        // What the reader compares with stays before them until they have decided.
        void readAnew(found ? "none" : "active");
        throw error;
      } finally {
        end();
      }
    },
    onSuccess: (body) => {
      keys.forget();
      toast("success", t(`${spec.words}.done` as Key));
      spec.onDone?.(body);
    },
    onError: (error) => {
      const reason = refusalOf(error);
      if (reason !== null || isChanged(error)) keys.forget();
      if (spec.loud || !isShown.current) toast("danger", reason === null ? t(`${spec.words}.unknown` as Key) : t(`${spec.words}.failed` as Key, { reason }));
    },
    onSettled: () => setAccepted(false),
  });

  const refusal = mutation.error ? refusalOf(mutation.error) : null;
  return {
    run: (input, seen = {}) => {
      if (!mutation.isPending) mutation.mutate({ input, seen, key: keys.of(input, conflict?.version) });
    },
    reset: () => { mutation.reset(); setConflict(null); },
    phase: phaseOf(mutation, accepted, conflict, refusal),
    isBusy: mutation.isPending,
    refusal,
    fields: fieldErrorsOf(mutation.error),
    conflict,
    words: spec.words,
  };
}

async function settled<Input, Body>(body: Body, { isDone }: CommandSpec<Input, Body>, onAccepted: () => void): Promise<void> {
  // 204 has no body, and is the end.
  if (typeof body !== "object" || body === null) return;
  if (isAccepted(body)) {
    onAccepted();
    await awaitCommand(body);
  } else if (isDone && !isDone(body)) {
    throw new CommandNotDone(false, "not yet");
  }
}

async function compare(reading: Promise<{ version: number }>, seen: object): Promise<Conflict | null> {
  try {
    const now = await reading;
    return { version: now.version, changes: changesBetween(seen, now) };
  } catch {
    // It can't be read now: the refusal itself says that it has changed.
    return null;
  }
}

function phaseOf(mutation: { status: "idle" | "pending" | "success" | "error"; error: unknown }, accepted: boolean, conflict: Conflict | null, refusal: string | null): Command<never>["phase"] {
  if (mutation.status === "idle") return "idle";
  if (mutation.status === "pending") return accepted ? "processing" : "sending";
  if (mutation.status === "success") return "done";
  if (conflict) return "changed";
  return refusal === null ? "unknown" : "refused";
}

/** The key of the command that is under way, or was; the same input for the same version has the same one. */
function useKeys<Input>() {
  const kept = useRef<{ of: string; key: string } | null>(null);
  return {
    of: (input: Input, version: number | undefined): string => {
      const of = JSON.stringify([input, version ?? null]);
      if (kept.current?.of !== of) kept.current = { of, key: commandKey() };
      return kept.current.key;
    },
    forget: () => { kept.current = null; },
  };
}

/** Whether what started the command is still on the page. */
function useIsShown() {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => { isShown.current = false; };
  }, []);
  return isShown;
}
