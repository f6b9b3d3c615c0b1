/** What is behind a line beside its price: its part of the taxes, whose charge it is, and what was credited of it. */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { formatDecimal, formatMoney, plain } from "../../lib/money";
import { useName } from "../../lib/names";
import { Facts } from "../../ui/Facts";
import { Money } from "../../ui/Value";
import { useExplainedLine, type Explained } from "./LineExplained";

export default function LineBehind({ invoiceId, n }: { invoiceId: string; n: number }) {
  const { data: line } = useExplainedLine(invoiceId, n);
  if (!line) return null;
  return (
    <>
      {line.taxes.length > 0 && <Taxes line={line} />}
      {line.origin.kind === "taken" && <Taken origin={line.origin} />}
      {line.credits.length > 0 && <Credits credits={line.credits} />}
    </>
  );
}

function Taxes({ line: { taxes, net: { currency } } }: { line: Explained }) {
  const { t, locale } = useI18n();
  const rate = (percent: string) => `${formatDecimal(locale, plain(percent))}\u00a0%`;
  return (
    <section className="explain-part" aria-labelledby="behind-taxes">
      <h3 id="behind-taxes">{t("behind.taxes")}</h3>
      <dl className="pairs">
        {taxes.map((tax, index) => (
          <div key={`${tax.category} ${tax.rate} ${index}`}>
            <dt>
              {tax.name || tax.category}
              <span className="small muted below">{t("behind.whole", { rate: rate(tax.rate), base: formatMoney(locale, tax.base), tax: formatMoney(locale, tax.tax) })}</span>
              {tax.rate_id && <span className="small muted below" dir="ltr">{[tax.jurisdiction, tax.rate_id, t("line.plan_version", { version: tax.rate_version ?? 1 })].filter(Boolean).join(" · ")}</span>}
            </dt>
            <dd><Money value={{ amount: plain(tax.of_line), currency }} /></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Taken({ origin: { account_id, invoice_id } }: { origin: Explained["origin"] }) {
  const { t } = useI18n();
  const name = useName("account", account_id ?? "");
  const text = t("behind.taken", { account: name ?? account_id ?? "" });
  return <Facts facts={[[t("behind.origin"), invoice_id ? <Link to={`/invoices/${invoice_id}`}>{text}</Link> : text]]} />;
}

function Credits({ credits }: { credits: Explained["credits"] }) {
  const { t } = useI18n();
  return (
    <section className="explain-part" aria-labelledby="behind-credits">
      <h3 id="behind-credits">{t("behind.credited")}</h3>
      <dl className="pairs">
        {credits.map(({ credit_note_id, number, line, net }) => (
          <div key={`${credit_note_id} ${line}`}>
            <dt><Link to={`/invoices/credit-notes/${encodeURIComponent(credit_note_id)}`} dir="ltr">{number ?? t("behind.waiting")}</Link></dt>
            <dd><Money value={net} /></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
