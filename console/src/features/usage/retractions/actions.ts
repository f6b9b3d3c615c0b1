/** What can be done about usage that was taken back. The server offers it as long as anything of it does not count. */
import { lazy } from "react";
import type { Actionable, Actions } from "../../../ui/command/actions";
import type { Retraction } from "./queries";

export const retractionActions: Actions<Retraction & Actionable> = {
  links: [],
  commands: { restore: { icon: "play", label: "retraction.put_back", Dialog: lazy(() => import("./PutBackDialog")) } },
};

export function offered(retraction: Retraction, mayWrite: boolean): Retraction & Actionable {
  const isOffered = mayWrite && retraction.status === "done" && retraction.retracted > 0;
  return { ...retraction, allowed_actions: isOffered ? [{ action: "restore", allowed: true }] : [] };
}
