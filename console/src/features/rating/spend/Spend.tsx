/** What a customer spends: the open period as its bill would be, how far commitments are met, and who is told of it. */
import { Unbilled } from "../customers/Unbilled";
import { Commitments } from "./Commitments";
import { SpendAlerts } from "./SpendAlerts";

export function Spend({ id, currency, maySet }: { id: string; currency: string; maySet: boolean }) {
  return <><Unbilled id={id} /><Commitments id={id} /><SpendAlerts accountId={id} currency={currency} maySet={maySet} /></>;
}
