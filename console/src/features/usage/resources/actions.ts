/** What can be done with a resource, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Resource } from "./queries";

export const resourceActions: Actions<Resource> = {
  links: [],
  commands: {
    assign: { icon: "people", label: "resource.assign", Dialog: lazy(() => import("./AssignDrawer")) },
    reassign: { icon: "clock", label: "resource.reassign", Dialog: lazy(() => import("./ReassignDrawer")) },
  },
};

/** Whoever may assign it may also say whose it was before: the server tells the first. */
export function offered(resource: Resource): Resource {
  const assign = resource.allowed_actions.find(({ action }) => action === "assign");
  return assign ? { ...resource, allowed_actions: [...resource.allowed_actions, { ...assign, action: "reassign" }] } : resource;
}
