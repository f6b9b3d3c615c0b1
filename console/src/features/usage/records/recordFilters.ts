/** What narrows the list of usage; its chart stands under the same. */
import type { Filter } from "../../../lib/listQuestion";
import { reasonOptions } from "../reasons";

export const filters: readonly Filter[] = [
  { kind: "text", name: "id", label: "usage.search_id", max: 255 },
  { kind: "text", name: "source", label: "usage.search_source", max: 255 },
  { kind: "text", name: "resource", label: "usage.search_resource", max: 255 },
  { kind: "text", name: "meter", label: "usage.search_meter", max: 255 },
  { kind: "choice", name: "reason", label: "usage.reason", options: reasonOptions, many: true },
  { kind: "dates", from: "from", to: "to", labels: ["usage.from", "usage.to"] },
  { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64, many: true },
  { kind: "linked", name: "subscription_id", label: "usage.subscription_is", drop: "usage.drop_subscription", max: 64, many: true },
];
