/** What can be done about usage that was taken back: it is put back, as long as any of it counts nowhere. */
import { lazy } from "react";
import type { Actionable, Actions } from "../../../ui/command/actions";
import type { Retraction } from "./queries";

export const retractionActions: Actions<Retraction & Actionable> = {
  links: [],
  commands: { restore: { icon: "play", label: "retraction.put_back", Dialog: lazy(() => import("./PutBackDialog")) } },
};

/** What was corrected, or follows its resource, counts elsewhere and stays there. */
export function toPutBack({ retracted, moved = 0, resource_id }: Retraction): number {
  return resource_id ? 0 : retracted - moved;
}

export function offered(retraction: Retraction, mayWrite: boolean): Retraction & Actionable {
  const isOffered = mayWrite && retraction.status === "done" && toPutBack(retraction) > 0;
  return { ...retraction, allowed_actions: isOffered ? [{ action: "restore", allowed: true }] : [] };
}
