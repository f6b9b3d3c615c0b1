/** What can be done with a subscription, from its row and from its page. */
import { lazy } from "react";
import type { ActionCommand, Actions } from "../../../ui/command/actions";
import type { Subscription } from "./queries";

type Dialogs = typeof import("./dialogs");

const command = (icon: ActionCommand<Subscription>["icon"], label: ActionCommand<Subscription>["label"], name: keyof Dialogs, when?: (of: Subscription) => boolean): ActionCommand<Subscription> => ({
  icon, label, Dialog: lazy(async () => ({ default: (await import("./dialogs"))[name] })), ...(when ? { when } : {}),
});

const rests = ({ status }: Subscription) => status === "suspended" || status === "paused";

export const subscriptionActions: Actions<Subscription> = {
  links: [],
  commands: {
    change_plan: command("swap", "service.change_plan", "ChangePlanDialog"),
    change_quantity: command("copy", "service.change_quantity", "QuantityDialog"),
    add_on: command("plus", "service.add_on", "AddOnDialog"),
    // Of resting and resuming only one is ever possible: the other would only be in the way.
    suspend: command("lock", "service.suspend", "SuspendDialog", (of) => !rests(of)),
    pause: command("pause", "service.pause", "PauseDialog", (of) => !rests(of)),
    resume: command("play", "service.resume", "ResumeDialog", rests),
    terminate: command("void", "service.terminate", "TerminateDialog"),
  },
};
