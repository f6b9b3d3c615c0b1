/** What a person says of a refund. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Refund } from "./queries";

const dialog = <Name extends keyof typeof import("./refundDialogs")>(name: Name) => lazy(async () => ({ default: (await import("./refundDialogs"))[name] }));

export const isOpen = ({ status }: Refund) => status === "requested" || status === "sent";

export const refundActions: Actions<Refund> = {
  links: [],
  commands: {
    send: { icon: "sent", label: "refund.send", when: ({ status, way }) => status === "requested" && way === "transfer", Dialog: dialog("SendRefundDialog") },
    confirm: { icon: "checkCircle", label: "refund.confirm", when: isOpen, Dialog: dialog("ConfirmRefundDialog") },
    fail: { icon: "error", label: "refund.fail", when: ({ status }) => status !== "failed", Dialog: dialog("FailRefundDialog") },
  },
};
