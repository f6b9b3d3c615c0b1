/** `/payments/bank-statements`: statements of the operator's accounts; with `?create=1` the form that sends one. */
import { useMay } from "../../features/identity/session";
import { statementList } from "../../features/payments/bank/statementList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function BankStatementsPage() {
  return <div className="stack"><MoneyTabs current="statements" /><ListPage spec={statementList} mayCreate={useMay("write")} /></div>;
}
