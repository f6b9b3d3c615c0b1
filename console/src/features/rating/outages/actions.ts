/** What can be done with an outage, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Outage } from "./queries";

export const outageActions: Actions<Outage> = {
  links: [],
  commands: { confirm: { icon: "checkCircle", label: "outage.confirm", Dialog: lazy(() => import("./ConfirmDialog")), when: ({ status }) => status !== "completed" } },
};
