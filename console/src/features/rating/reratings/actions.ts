/** What can be done with a rerating, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Rerating } from "./queries";

export const reratingActions: Actions<Rerating> = {
  links: [],
  commands: { confirm: { icon: "checkCircle", label: "rerating.confirm", Dialog: lazy(() => import("./ConfirmDialog")), when: ({ status }) => status !== "completed" } },
};
