/** What can be done with a file of usage, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import { isUnderWay, type UsageFile } from "./queries";

export const fileActions: Actions<UsageFile> = {
  links: [],
  commands: {
    cancel: { icon: "void", label: "file.cancel", Dialog: lazy(() => import("./CancelDialog")), when: ({ finished_at }) => finished_at === null },
    retract: { icon: "void", label: "retraction.take_back_file", Dialog: lazy(() => import("./TakeBackDialog")) },
  },
};

/** The file with what its own server says may be done, and taking it back, which takes whoever may write. */
export function offered<File extends UsageFile>(file: File, mayWrite: boolean): File {
  const isOffered = mayWrite && !isUnderWay(file) && file.records.accepted + file.records.quarantined > 0;
  return { ...file, allowed_actions: [...file.allowed_actions, ...(isOffered ? [{ action: "retract", allowed: true, reason: null }] : [])] };
}
