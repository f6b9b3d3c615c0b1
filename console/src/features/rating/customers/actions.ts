/** What can be done with a customer's account, on its page. */
import type { Actions } from "../../../ui/command/actions";
import type { CustomerDetail } from "./queries";

export const customerActions: Actions<CustomerDetail> = {
  links: [],
  commands: {},
};
