/** What can be done with a billing cycle, from its row and from its panel. */
import type { Actions } from "../../../ui/command/actions";
import type { Cycle } from "./queries";

export const cycleActions: Actions<Cycle> = {
  links: [],
  commands: {},
};
