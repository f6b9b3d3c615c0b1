/**
 * Follows what a command was answered with to its end: `await awaitCommand(body)`.
 *
 * A body that is the resource itself is the end; one with a `command_id` (202) was accepted only, and is asked after.
 *
 * Nothing is shown as done before the log says so. Asked twice a second for half a minute: a command reaches its result
 * within 250 ms on a healthy system, and one that takes longer than 30 s needs a person's look, not more asking.
 */
import { answer, api } from "./api";
import { rememberPositions } from "./positions";
import { ApiProblem, type FieldError } from "./problem";

const pause_ms = 500;
const tries = 60;

/** A key for one command, in the form of a UUID; `crypto.randomUUID` is missing over plain HTTP from another machine. */
export function commandKey(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A command that was refused, or one whose end did not come in time. */
export class CommandNotDone extends Error {
  override readonly name = "CommandNotDone";
  readonly refused: boolean;
  readonly errors: readonly FieldError[];

  constructor(refused: boolean, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.refused = refused;
    this.errors = errors;
  }
}

export async function awaitCommand(body: object, wait_ms: number = pause_ms): Promise<void> {
  if (!isAccepted(body)) return;
  const id = body.command_id;
  for (let attempt = 0; attempt < tries; attempt++) {
    const command = await answer(api.GET("/v1/commands/{command_id}", { params: { path: { command_id: id } } }));
    if (command.status === "done") {
      // What is read from now on has the command's last event in it.
      rememberPositions(command.result?.["position"] ?? null);
      return;
    }
    if (command.status === "refused") throw refusedCommand(id, command.errors ?? []);
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
  }
  throw new CommandNotDone(false, id);
}

export function isAccepted(body: object): body is { command_id: string } {
  return "command_id" in body && typeof body.command_id === "string";
}

function refusedCommand(id: string, errors: readonly { pointer?: string | null; code: string; detail?: string | null }[]): CommandNotDone {
  const first = errors[0];
  const fields = errors.map(({ pointer, code, detail }) => ({ pointer: pointer || null, code, detail: detail ?? null, in: null }));
  return new CommandNotDone(true, first?.detail ?? first?.code ?? id, fields);
}

/** Why a command was refused; null where nobody knows what became of it, for the answer got lost or came too late. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof ApiProblem && isFinal(error)) return error.detail ?? error.title;
  return error instanceof CommandNotDone && error.refused ? error.message : null;
}

/** Whether the resource is no longer the version that the command was for. */
export function isChanged(error: unknown): boolean {
  if (error instanceof ApiProblem) return error.status === 412;
  return error instanceof CommandNotDone && error.errors.some(({ code }) => code === "version_mismatch");
}

/** What the refusal says of each field of the body, by JSON pointer; a fault elsewhere is in none. */
export function fieldErrorsOf(error: unknown): ReadonlyMap<string, string> {
  const errors = error instanceof ApiProblem || error instanceof CommandNotDone ? error.errors : [];
  const found = errors.filter((one) => one.pointer && one.in === null);
  return new Map(found.map(({ pointer, detail, code }) => [pointer ?? "", detail ?? code]));
}

/** Whether asking again under the same key would get the same answer; a fault or an overload may pass. */
function isFinal({ status }: ApiProblem): boolean {
  return status < 500 && status !== 429 && status !== 408;
}
