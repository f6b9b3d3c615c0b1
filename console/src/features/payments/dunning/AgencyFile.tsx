/** The file of an agency: what it has to be told of some days, as a CSV that is saved. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import "../../../ui/form/form.css";

export function AgencyFile() {
  const { t } = useI18n();
  const { data } = useQuery({ queryKey: ["handovers", "agencies"], queryFn: ({ signal }) => answer(api.GET("/v1/dunning/agencies", { signal })) });
  const [chosen, setChosen] = useState("");
  const [days, setDays] = useState({ from: "", to: "" });
  const agency = chosen || (data?.items[0]?.agency ?? "");
  if (!data || data.items.length === 0) return null;
  const ready = agency !== "" && days.from !== "" && days.to !== "";
  const href = `/v1/dunning/agencies/${encodeURIComponent(agency)}/file?${new URLSearchParams(days).toString()}`;
  return (
    <Card title={t("agency_file.title")}>
      <form className="row wrap" onSubmit={(event) => event.preventDefault()}>
        <label className="form-field">
          <span>{t("handover.agency")}</span>
          <select className="field" value={agency} onChange={(event) => setChosen(event.target.value)}>
            {data.items.map((one) => <option key={one.agency} value={one.agency}>{one.agency}</option>)}
          </select>
        </label>
        <Day label={t("agency_file.from")} value={days.from} onChange={(from) => setDays({ ...days, from })} />
        <Day label={t("agency_file.to")} value={days.to} onChange={(to) => setDays({ ...days, to })} />
        {ready ? <a className="button primary" href={href} download>{t("agency_file.save")}</a> : <button type="button" className="button" disabled title={t("agency_file.days")}>{t("agency_file.save")}</button>}
      </form>
    </Card>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return <label className="form-field"><span>{label}</span><input type="date" className="field" value={value} onChange={(event) => onChange(event.target.value)} /></label>;
}
