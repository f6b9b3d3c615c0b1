/** Who would be affected by the end of a day, if nobody pays until then: by policy and step, without doing anything. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Count, Money } from "../../../ui/Value";
import "../../../ui/form/form.css";

type Dry = Awaited<ReturnType<typeof ask>>;

const ask = (on: string) => answer(api.POST("/v1/dunning/dry-run", { body: { ...(on ? { on } : {}), limit: 200 } }));

export function Affected() {
  const { t } = useI18n();
  const [on, setOn] = useState("");
  const { data, error, mutate, isPending } = useMutation({ mutationFn: ask });
  return (
    <div className="stack">
      <Card title={t("dunned.title")}>
        <p>{t("dunned.about")}</p>
        <form className="row wrap" onSubmit={(event) => { event.preventDefault(); mutate(on); }}>
          <label className="form-field"><span>{t("dunned.on")}</span><input type="date" className="field" value={on} onChange={(event) => setOn(event.target.value)} /></label>
          <button type="submit" className="button primary" disabled={isPending}>{t("dunned.ask")}</button>
        </form>
      </Card>
      {isPending && <Skeleton lines={4} height={36} />}
      {error && <ErrorState error={error} onRetry={() => mutate(on)} />}
      {data && !isPending && <Found dry={data} />}
    </div>
  );
}

function Found({ dry }: { dry: Dry }) {
  const { t } = useI18n();
  if (dry.total === 0) return <EmptyState icon="checkCircle" title={t("dunned.nobody")} />;
  return (
    <>
      <Card title={t("dunned.groups", { count: dry.accounts })} flush>
        <PlainTable label={t("dunned.groups", { count: dry.accounts })}>
          <thead><tr><th scope="col">{t("dunning.step")}</th><th scope="col">{t("dunning.policy")}</th><th scope="col">{t("dunning.access")}</th><th scope="col" className="end">{t("dunned.accounts")}</th><th scope="col" className="end">{t("dunning.overdue")}</th></tr></thead>
          <tbody>
            {dry.groups.map((group) => (
              <tr key={`${group.policy_id} ${group.step} ${group.currency} ${group.access}`}>
                <th scope="row" dir="auto">{group.name}</th>
                <td><Link to="/dunning/policies" dir="ltr">{group.policy_id}</Link></td>
                <td><StatusTag kind="access" status={group.access} /></td>
                <td className="end"><Count value={group.accounts} /></td>
                <td className="end"><Money value={group.overdue} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </Card>
      <Card title={t("dunned.items", { count: dry.total })} flush>
        <PlainTable label={t("dunned.items", { count: dry.total })}>
          <thead><tr><th scope="col">{t("dunning.account")}</th><th scope="col">{t("dunning.on")}</th><th scope="col">{t("dunning.step")}</th><th scope="col" className="end">{t("dunning.overdue")}</th></tr></thead>
          <tbody>
            {dry.items.map((item) => (
              <tr key={`${item.account_id} ${item.step} ${item.on}`}>
                <th scope="row"><CustomerName id={item.account_id} link /></th>
                <td><BillingDate value={item.on} /></td>
                <td dir="auto">{item.name}</td>
                <td className="end"><Money value={item.overdue} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
        {dry.total > dry.items.length && <p className="pad small muted">{t("dunned.cut", { count: dry.items.length })}</p>}
      </Card>
    </>
  );
}
