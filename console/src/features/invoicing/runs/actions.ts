/** What can be done with a billing run, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Run } from "./queries";

const dialogs = () => import("./dialogs");

export const runActions: Actions<Run> = {
  links: [],
  commands: {
    confirm: { icon: "checkCircle", label: "run.confirm", Dialog: lazy(async () => ({ default: (await dialogs()).ConfirmDialog })), when: ({ dry_run }) => dry_run },
    retry_failed: { icon: "refresh", label: "run.retry_failed", Dialog: lazy(async () => ({ default: (await dialogs()).RetryDialog })), when: ({ failed, dry_run }) => failed > 0 && !dry_run },
    cancel: { icon: "void", label: "run.cancel", Dialog: lazy(async () => ({ default: (await dialogs()).CancelDialog })), when: ({ status }) => status === "running" },
  },
};
