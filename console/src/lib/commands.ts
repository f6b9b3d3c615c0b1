/**
 * Follows what a command was answered with to its end: `await awaitCommand(body)`.
 *
 * A body that is the resource itself is the end; one with a `command_id` (202) was accepted only, and is asked after.
 *
 * Nothing is shown as done before the log says so. Asked twice a second for half a minute: a command reaches its result
 * within 250 ms on a healthy system, and one that takes longer than 30 s needs a person's look, not more asking.
 */
import { answer, api } from "./api";

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

  constructor(refused: boolean, detail: string) {
    super(detail);
    this.refused = refused;
  }
}

export async function awaitCommand(body: object, wait_ms: number = pause_ms): Promise<void> {
  if (!("command_id" in body)) return;
  const id = String(body.command_id);
  for (let attempt = 0; attempt < tries; attempt++) {
    const command = await answer(api.GET("/v1/commands/{command_id}", { params: { path: { command_id: id } } }));
    if (command.status === "done") return;
    if (command.status === "refused") throw new CommandNotDone(true, command.errors?.[0]?.detail ?? command.errors?.[0]?.code ?? id);
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
  }
  throw new CommandNotDone(false, id);
}
