/** What can be done about a line's access, and with a network element. */
import { lazy } from "react";
import type { Actions, Actionable } from "../../../ui/command/actions";
import type { Access, Element } from "./queries";

export type LineAccess = Access & Actionable & { id: string };

export const accessActions: Actions<LineAccess> = {
  links: [],
  commands: {
    repeat: { icon: "refresh", label: "network.repeat", Dialog: lazy(async () => ({ default: (await import("./dialogs")).RepeatDialog })) },
    element: { icon: "swap", label: "network.choose_element", Dialog: lazy(() => import("./LineElementDialog")) },
  },
};

type Dialogs = typeof import("./dialogs");
const dialog = (name: "ChangeElementDialog" | "DeleteElementDialog") => lazy(async () => ({ default: ((await import("./dialogs")) as Dialogs)[name] }));

export const elementActions: Actions<Element> = {
  links: [],
  commands: {
    test: { icon: "check", label: "element.test", Dialog: lazy(() => import("./TestDialog")) },
    reconcile: { icon: "refresh", label: "element.reconcile", Dialog: lazy(() => import("./ReconcileDialog")) },
    update: { icon: "draft", label: "element.change", Dialog: dialog("ChangeElementDialog") },
    delete: { icon: "void", label: "element.delete", Dialog: dialog("DeleteElementDialog") },
  },
};
