/** What can be done with a resource, from its row and from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Resource } from "./queries";

export const resourceActions: Actions<Resource> = {
  links: [],
  commands: { assign: { icon: "people", label: "resource.assign", Dialog: lazy(() => import("./AssignDrawer")) } },
};
