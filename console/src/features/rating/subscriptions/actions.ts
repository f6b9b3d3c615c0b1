/** What can be done with a subscription, from its row and from its page. */
import type { Actions } from "../../../ui/command/actions";
import type { Subscription } from "./queries";

export const subscriptionActions: Actions<Subscription> = {
  links: [],
  commands: {},
};
