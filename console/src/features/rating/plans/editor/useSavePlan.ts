/** Saves what the editor has: a new plan, the draft as it is from now on, or the next version. */
import { useState } from "react";
import { api } from "../../../../lib/api";
import type { CommandHeaders } from "../../../../lib/useCommand";
import { useCommand, type Command } from "../../../../lib/useCommand";
import { readPlan, type Plan } from "../queries";

export type Mode = "new" | "edit" | "next";
type Written = Record<string, unknown>;

export interface Saving {
  command: Command<Written>;
  run: (body: Written) => void;
  isDone: boolean;
  /** Null where the answer did not say; the list has it. */
  savedId: string | null;
}

export function useSavePlan(mode: Mode, plan: Plan | null): Saving {
  const [savedId, setSavedId] = useState(plan?.id ?? null);
  const command = useCommand({
    words: "plan_save", touches: ["plans"], subject: () => plan?.id ?? "new-plan",
    // A draft has states of its own; a next version is for the plan as it was read.
    version: () => (plan === null ? (undefined as unknown as number) : mode === "edit" ? plan.revision : plan.version),
    send: (body: Written, headers) => send(mode, plan, body as never, headers),
    ...(plan ? { reread: async () => { const now = await readPlan(plan.id); return { ...now, version: mode === "edit" ? now.revision : now.version }; } } : {}),
    onDone: (body) => {
      if ("id" in body) setSavedId(body.id);
    },
  });
  return { command, run: (body) => command.run(body, plan ?? {}), isDone: command.phase === "done", savedId };
}

function send(mode: Mode, plan: Plan | null, body: never, headers: CommandHeaders) {
  if (mode === "new" || plan === null) return api.POST("/v1/plans", { body, headers });
  if (mode === "edit") return api.PUT("/v1/plans/{plan_id}/versions/{version}", { params: { path: { plan_id: plan.id, version: plan.version } }, body, headers });
  return api.POST("/v1/plans/{plan_id}/versions", { params: { path: { plan_id: plan.id } }, body, headers });
}
