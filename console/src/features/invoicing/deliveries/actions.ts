/** What can be done with a delivery. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import { batchPath, type Delivery } from "./queries";

type Dialogs = typeof import("./dialogs");
const dialog = (name: "ResendDialog" | "CancelDialog") => lazy(async () => ({ default: ((await import("./dialogs")) as Dialogs)[name] }));

export const deliveryActions: Actions<Delivery> = {
  links: [{ icon: "pdf", label: "delivery.print_batch", href: ({ batch_id }) => batchPath(batch_id ?? ""), when: ({ batch_id }) => batch_id !== null }],
  commands: {
    resend: { icon: "refresh", label: "delivery.resend", Dialog: dialog("ResendDialog"), when: ({ status }) => status !== "waiting" && status !== "sending" },
    // Only a mail comes back.
    bounce: { icon: "left", label: "delivery.bounce", Dialog: lazy(() => import("./BounceDialog")), when: ({ channel, status }) => channel === "email" && (status === "sent" || status === "unknown") },
    cancel: { icon: "void", label: "delivery.cancel", Dialog: dialog("CancelDialog"), when: ({ status }) => status === "waiting" || status === "unknown" },
  },
};
