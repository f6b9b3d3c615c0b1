/** What can be done with a meter, from its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Meter } from "./queries";

export const meterActions: Actions<Meter> = {
  links: [],
  commands: { mark_personal: { icon: "people", label: "meter.mark_personal", Dialog: lazy(() => import("./PersonalDrawer")) } },
};
