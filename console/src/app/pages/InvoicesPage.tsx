/** `/invoices`: the work list, its tabs and filters; all of its state is in the URL. */
import { invoiceTabs, tabOf } from "../../features/invoicing/filters";
import { InvoiceTable } from "../../features/invoicing/InvoiceTable";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { QuickTabs } from "../../ui/Tabs";
import { PageTitle } from "../PageTitle";

export default function InvoicesPage() {
  const { t } = useI18n();
  const list = useListState();
  const tab = tabOf(list);
  const tabs = invoiceTabs.map((id) => ({
    id,
    label: t(`invoices.tab_${id}`),
    to: list.href({ status: id === "outstanding" ? null : id }),
  }));
  return (
    <div className="stack">
      <PageTitle of={`${t("invoices.title")}: ${t(`invoices.tab_${tab}`)}`} />
      <h1>{t("invoices.title")}</h1>
      <QuickTabs label={t("invoices.tabs")} tabs={tabs} current={tab} />
      <InvoiceTable list={list} />
    </div>
  );
}
