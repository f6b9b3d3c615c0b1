/** Who had an address at a moment, by itself or through a prefix of it; and everybody who ever had it. */
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { useRested } from "../../../lib/rested";
import { utcOf } from "../../../lib/time";
import { useZone } from "../../../lib/zone";
import { Card } from "../../../ui/Card";
import { CustomerName } from "../../../ui/Named";
import "../../../ui/form/form.css";
import { PlainTable } from "../../../ui/PlainTable";
import { Instant } from "../../../ui/Value";
import { useHolder, useResourceHistory, type Held, type ResourceHolder } from "./queries";

const rest_ms = 300;

export function WhoHad() {
  const { t } = useI18n();
  const { zone } = useZone();
  const [name, setName] = useState("");
  const [local, setLocal] = useState("");
  const asked = useRested(name.trim(), rest_ms);
  const moment = utcOf(zone, local);
  const { data, error } = useHolder(asked, moment === "" ? "" : `${moment}:00Z`);
  return (
    <Card title={t("who_had.title")}>
      <div className="stack">
        <div className="row wrap">
          <label className="form-field grow"><span>{t("who_had.resource")}</span><input className="field" autoComplete="off" dir="ltr" maxLength={255} placeholder="ip:192.0.2.7" value={name} onChange={(event) => setName(event.target.value)} /></label>
          <label className="form-field"><span>{t("who_had.at")} <span className="small muted" dir="ltr">({zone})</span></span><input className="field" type="datetime-local" value={local} onChange={(event) => setLocal(event.target.value)} /></label>
        </div>
        <div aria-live="polite" className="stack">
          {asked !== "" && error && <p className="form-problem"><bdi>{error.message}</bdi></p>}
          {asked !== "" && data && <Found holder={data} />}
        </div>
        {asked !== "" && <History resource={asked} />}
      </div>
    </Card>
  );
}

function Found({ holder }: { holder: ResourceHolder }) {
  const { t } = useI18n();
  const held = holder.assignment;
  if (!held) return <p>{t("who_had.nobody", { name: holder.resource })}</p>;
  return (
    <>
      <p><strong dir="ltr">{holder.resource}</strong>: <CustomerName id={held.account_id} link />, <ServiceLink held={held} /></p>
      {held.is_prefix && <p className="small muted">{t("who_had.through", { prefix: held.resource_id })}</p>}
    </>
  );
}

function History({ resource }: { resource: string }) {
  const { t } = useI18n();
  const { data } = useResourceHistory(resource);
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <PlainTable label={t("who_had.history")}>
        <thead>
          <tr><th scope="col">{t("resource.id")}</th><th scope="col">{t("usage.customer")}</th><th scope="col" className="wide-only">{t("usage.service")}</th><th scope="col">{t("resource.from")}</th><th scope="col">{t("resource.to")}</th></tr>
        </thead>
        <tbody>
          {data.items.map((held) => (
            <tr key={`${held.resource_id} ${held.from}`}>
              <th scope="row" dir="ltr">{held.resource_id}</th>
              <td><CustomerName id={held.account_id} link /></td>
              <td className="wide-only"><ServiceLink held={held} /></td>
              <td><Instant value={held.from} /></td>
              <td>{held.to === null ? <span className="muted">{t("resource.open")}</span> : <Instant value={held.to} />}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {data.total > data.items.length && <p className="small muted">{t("who_had.more", { shown: data.items.length, total: data.total })}</p>}
    </>
  );
}

function ServiceLink({ held }: { held: Held }) {
  return <Link to={`/services/${encodeURIComponent(held.subscription_id)}`} dir="ltr">{held.subscription_id}</Link>;
}
