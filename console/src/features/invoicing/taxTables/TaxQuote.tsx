/** Tries the tables out: what a sale would be taxed, by which rule and which rates, and why. Nothing is stored. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { Link } from "react-router";
import { answer, api } from "../../../lib/api";
import { fieldErrorsOf, refusalOf } from "../../../lib/commands";
import { useClock } from "../../../lib/clock";
import type { Schemas } from "../../../lib/form/schema";
import { refusalOfField, useForm, type Form } from "../../../lib/form/useForm";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { FormFields } from "../../../ui/form/FormFields";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, Skeleton } from "../../../ui/States";
import { Money } from "../../../ui/Value";
import { TaxWhy } from "../TaxWhy";
import { JurisdictionField } from "./JurisdictionField";
import { PercentText } from "./PercentText";
import { jurisdictionPath } from "./queries";
import { fieldsOfGroup, groups, quoteBody, quoteFields, type QuoteBody } from "./quote";
import "./taxTables.css";

export function TaxQuote() {
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity });
  const clock = useClock();
  // The form begins with the stack's day, which a test clock may have elsewhere.
  const today = clock.data?.now ?? (clock.error ? new Date().toISOString() : null);
  return schemas && today ? <Asking schemas={schemas} today={today.slice(0, 10)} /> : <Skeleton lines={10} height={48} />;
}

function useTaxQuote() {
  return useMutation({ mutationFn: (body: QuoteBody) => answer(api.POST("/v1/tax/quotes", { body })) });
}

function Asking({ schemas, today }: { schemas: Schemas; today: string }) {
  const { t } = useI18n();
  const [fields] = useState(() => quoteFields(schemas));
  const form = useForm(fields, { "/date": today, "/currency": "EUR", "/lines/0/net": "100.00", "/lines/0/product_tax_class": "telecom" });
  const quote = useTaxQuote();
  const refused = fieldErrorsOf(quote.error);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = quote.isPending ? null : form.send();
    if (written) quote.mutate(quoteBody(written));
  };
  // What belongs to no field that is asked for is told beside the button.
  const elsewhere = [...refused].filter(([at]) => !fields.some(({ pointer }) => refusalOfField(new Map([[at, ""]]), pointer) !== null));
  const whole = quote.error && refused.size === 0 ? (refusalOf(quote.error) ?? quote.error.message) : null;
  return (
    <>
      <form className="stack" noValidate onSubmit={submit}>
        {groups.map((group) => <Fields key={group} group={group} form={form} refused={refused} />)}
        {(whole !== null || elsewhere.length > 0) && <p className="form-problem" role="alert">{whole ?? elsewhere.map(([, detail]) => detail).join("; ")}</p>}
        <div className="row"><button type="submit" className="button primary" disabled={quote.isPending}>{t("tax_quote.ask")}</button></div>
      </form>
      <div aria-live="polite" aria-busy={quote.isPending}>
        {quote.data && !quote.isPending && !quote.error && <Result quote={quote.data} />}
      </div>
    </>
  );
}

const titles = { what: "tax_quote.what", seller: "tax_quote.seller", buyer: "tax_quote.buyer", ship_to: "tax_quote.ship_to" } as const;

function Fields({ group, form, refused }: { group: (typeof groups)[number]; form: Form; refused: ReadonlyMap<string, string> }) {
  const { t } = useI18n();
  return (
    <Card title={t(titles[group])}>
      <div className="tax-quote-fields">
        <FormFields
          form={{ ...form, fields: fieldsOfGroup(form.fields, group) }} words="tax_quote_form" refused={refused}
          own={{ place: (field, of) => <JurisdictionField key="place" field={field} form={of} label={t("tax_quote_form.seller_place")} refused={refused} /> }}
        />
      </div>
    </Card>
  );
}

function Result({ quote: { currency, groups: taxes, net, tax, total } }: { quote: NonNullable<ReturnType<typeof useTaxQuote>["data"]> }) {
  const { t } = useI18n();
  const label = useLabel();
  const money = (amount: string) => <Money value={{ amount, currency }} />;
  return (
    <Card title={t("tax_quote.result")} flush>
      {taxes.length === 0 ? <EmptyState icon="circle" title={t("tax_quote.none")} /> : (
        <PlainTable label={t("tax_quote.result")} className="stacked">
          <thead><tr><th scope="col">{t("taxes.tax")}</th><th scope="col">{t("taxes.why")}</th><th scope="col" className="end">{t("taxes.base")}</th><th scope="col" className="end">{t("taxes.rate")}</th><th scope="col" className="end">{t("taxes.amount")}</th></tr></thead>
          <tbody>
            {taxes.map((group, index) => (
              <tr key={`${group.rate_id ?? group.category} ${index}`}>
                <th scope="row">{group.name || label(`taxes.category_${group.category.toLowerCase()}`, group.category)}{group.jurisdiction && <Link className="small below" to={jurisdictionPath(group.jurisdiction)} dir="ltr">{group.jurisdiction}</Link>}</th>
                <td data-label={t("taxes.why")}><TaxWhy tax={group} /></td>
                <td className="end" data-label={t("taxes.base")}>{money(group.base)}</td>
                <td className="end" data-label={t("taxes.rate")}><PercentText value={group.rate} /></td>
                <td className="end" data-label={t("taxes.amount")}><strong>{money(group.tax)}</strong></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      <div className="pad"><Facts facts={[[t("tax_quote.net"), money(net)], [t("tax_quote.tax"), money(tax)], [t("tax_quote.total"), money(total), "sum"]]} /></div>
    </Card>
  );
}
