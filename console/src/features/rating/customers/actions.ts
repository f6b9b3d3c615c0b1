/** What can be done with a customer's account, on its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { CustomerDetail } from "./queries";

const dialogs = () => import("./dialogs");

export const customerActions: Actions<CustomerDetail> = {
  links: [],
  commands: {
    edit: { icon: "draft", label: "customer.edit", Dialog: lazy(async () => ({ default: (await dialogs()).EditDialog })) },
    change_cycle: { icon: "calendar", label: "customer.change_cycle", Dialog: lazy(async () => ({ default: (await dialogs()).CycleDialog })) },
    hold: { icon: "pause", label: "customer.hold", Dialog: lazy(async () => ({ default: (await dialogs()).HoldDialog })), when: ({ status }) => status === "active" },
    release: { icon: "play", label: "customer.release", Dialog: lazy(async () => ({ default: (await dialogs()).ReleaseDialog })), when: ({ status }) => status === "on_hold" },
    close: { icon: "lock", label: "customer.close", Dialog: lazy(async () => ({ default: (await dialogs()).CloseDialog })), when: ({ status }) => status !== "closed" },
    reopen: { icon: "play", label: "customer.reopen", Dialog: lazy(async () => ({ default: (await dialogs()).ReopenDialog })), when: ({ status }) => status === "closed" },
  },
};
