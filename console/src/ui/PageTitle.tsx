/** The document's title: `<PageTitle of={t("invoices.title")} />` gives "Invoices · Meterlog". */
export function PageTitle({ of }: { of: string }) {
  return <title>{`${of} · Meterlog`}</title>;
}
