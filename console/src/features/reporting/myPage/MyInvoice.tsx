/** What is on one invoice, each line with its usage day by day. */
import type { Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Money, PeriodText } from "../../../ui/Value";
import { useAsked } from "./ask";
import { DayChart } from "./DayChart";
import { Amount } from "./MyUsage";

type Invoice = Answer<"/v1/customer-page/invoices/{invoice_id}">;

export function MyInvoice({ token, id }: { token: string; id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAsked<Invoice>(token, `/invoices/${encodeURIComponent(id)}`, false);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />;
  return (
    <div className="my-lines">
      <p className="small muted"><span dir="auto">{data.seller}</span> · <PeriodText value={data.period} /></p>
      <ul>{data.lines.map((line) => <Line key={line.n} line={line} />)}</ul>
      {data.lines_left_out > 0 && <p className="small muted">{t("mypage.more_lines", { count: data.lines_left_out })}</p>}
      <Facts facts={[[t("mypage.net"), <Money key="n" value={data.net} />], [t("mypage.tax"), <Money key="t" value={data.tax} />], [t("mypage.total"), <Money key="s" value={data.total} />, "sum"]]} />
    </div>
  );
}

function Line({ line }: { line: Invoice["lines"][number] }) {
  return (
    <li>
      <div className="my-line">
        <span dir="auto" className="break">{line.description} {line.quantity !== null && <span className="small muted"><Amount value={line.quantity} meter={line.meter} unit={line.unit} /></span>}</span>
        <Money value={line.amount} />
      </div>
      {line.days.length > 0 && <DayChart name={line.description} meter={line.meter} unit={line.unit} days={line.days} />}
    </li>
  );
}
