/** What can be done with a run of direct debits, and with one of its debits. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import { filePath, type Debit, type Run } from "./queries";

export const runActions: Actions<Run> = {
  links: [{ icon: "draft", label: "run_debits.file", href: ({ id }) => filePath(id), when: ({ placing, status }) => !placing && status !== "cancelled" }],
  commands: {
    submit: { icon: "sent", label: "run_debits.submit", Dialog: lazy(async () => ({ default: (await import("./dialogs")).SubmitDialog })) },
    book: { icon: "checkCircle", label: "run_debits.book", Dialog: lazy(async () => ({ default: (await import("./dialogs")).BookDrawer })) },
    cancel: { icon: "void", label: "run_debits.cancel", Dialog: lazy(async () => ({ default: (await import("./dialogs")).CancelDialog })) },
  },
};

export const debitActions: Actions<Debit & { run_id: string }> = {
  links: [],
  commands: { return: { icon: "void", label: "debit.return", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ReturnDrawer })) } },
};
