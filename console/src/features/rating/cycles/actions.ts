/** What can be done with a billing cycle, from its row and from its panel. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Cycle } from "./queries";

const dialogs = () => import("./dialogs");

export const cycleActions: Actions<Cycle> = {
  links: [],
  commands: {
    rename: { icon: "draft", label: "cycle.rename", Dialog: lazy(async () => ({ default: (await dialogs()).RenameDialog })) },
    change_calendar: { icon: "calendar", label: "cycle.change_calendar", Dialog: lazy(async () => ({ default: (await dialogs()).CalendarDialog })) },
    delete: { icon: "void", label: "cycle.delete", Dialog: lazy(async () => ({ default: (await dialogs()).DeleteDialog })) },
  },
};
