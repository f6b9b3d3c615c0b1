/** A line, with the way to the network part of its subscription's page. */
import { Link } from "react-router";
import { subscriptionOf } from "./queries";

export function LineLink({ resource }: { resource: string }) {
  const subscription = subscriptionOf(resource);
  return subscription === null ? <span dir="ltr">{resource}</span> : <Link to={`/services/${encodeURIComponent(subscription)}?view=network`} dir="ltr">{subscription}</Link>;
}
