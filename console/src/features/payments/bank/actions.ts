/** What can be done with a bank statement and with its entries. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Entry, Statement } from "./queries";

export const statementActions: Actions<Statement> = {
  links: [],
  commands: {
    process: { icon: "play", label: "bank_statement.process", Dialog: lazy(async () => ({ default: (await import("./statementDialogs")).ProcessDialog })) },
    match: { icon: "refresh", label: "bank_statement.match", Dialog: lazy(async () => ({ default: (await import("./statementDialogs")).MatchDialog })) },
  },
};

export const entryActions: Actions<Entry> = {
  links: [],
  commands: {
    confirm: { icon: "checkCircle", label: "entry.confirm", Dialog: lazy(async () => ({ default: (await import("./entryDialogs")).ConfirmDialog })) },
    pair: { icon: "people", label: "entry.pair", Dialog: lazy(async () => ({ default: (await import("./entryDialogs")).PairDrawer })) },
    ignore: { icon: "void", label: "entry.ignore", Dialog: lazy(async () => ({ default: (await import("./entryDialogs")).IgnoreDrawer })) },
    reopen: { icon: "refresh", label: "entry.reopen", Dialog: lazy(async () => ({ default: (await import("./entryDialogs")).ReopenDialog })), when: ({ status }) => status === "ignored" },
  },
};
