/** What can be done with a delivery. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Delivery } from "./queries";

type Dialogs = typeof import("./dialogs");
const dialog = (name: "ResendDialog" | "CancelDialog" | "BounceDialog") => lazy(async () => ({ default: ((await import("./dialogs")) as Dialogs)[name] }));

export const deliveryActions: Actions<Delivery> = {
  links: [],
  commands: {
    resend: { icon: "refresh", label: "delivery.resend", Dialog: dialog("ResendDialog"), when: ({ status }) => status !== "waiting" && status !== "sending" },
    cancel: { icon: "void", label: "delivery.cancel", Dialog: dialog("CancelDialog"), when: ({ status }) => status === "waiting" || status === "unknown" },
    bounce: { icon: "error", label: "delivery.bounce", Dialog: dialog("BounceDialog"), when: ({ channel, status }) => channel === "email" && (status === "sent" || status === "unknown") },
  },
};
