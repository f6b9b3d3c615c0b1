/** Customers by name where only their ids are told: one reading for all of a table, and the link to each. */
import { useQueries } from "@tanstack/react-query";
import { createContext, useContext, useId, useState, type ReactNode } from "react";
import { Link } from "react-router";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { PickerField } from "../../ui/form/PickerField";
import "../../ui/form/form.css";
import { Icon } from "../../ui/Icon";

/** What one request may name: its address has bounds. */
const asked_max = 50;

const Names = createContext<ReadonlyMap<string, string>>(new Map());

/** Where names are sealed, and until they are read, the id is shown. */
export function CustomerNames({ ids, children }: { ids: readonly string[]; children: ReactNode }) {
  const all = [...new Set(ids)].sort();
  const names = useQueries({
    queries: all.flatMap((_, at) => (at % asked_max === 0 ? [namesOf(all.slice(at, at + asked_max))] : [])),
    combine: together,
  });
  return <Names value={names}>{children}</Names>;
}

const together = (answers: readonly { data?: ReadonlyMap<string, string> | undefined }[]) => new Map(answers.flatMap(({ data }) => [...(data ?? [])]));

function namesOf(some: readonly string[]) {
  return {
    queryKey: ["customers", "names", some],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ReadonlyMap<string, string>> => {
      const { items } = await answer(api.GET("/v1/accounts", { params: { query: { id: [...some], limit: asked_max } }, signal }));
      return new Map(items.flatMap(({ id, name }): [string, string][] => (name && name !== "sealed" && name !== "erased" ? [[id, name]] : [])));
    },
  };
}

export function CustomerLink({ id }: { id: string }) {
  const name = useContext(Names).get(id);
  return <Link to={`/customers/${encodeURIComponent(id)}`} dir="auto">{name ?? id}</Link>;
}

/** Chooses some customers by name; without one, everybody is meant, which `everybody` says. */
export function CustomersField({ label, everybody, ids, onChange }: { label: string; everybody: string; ids: readonly string[]; onChange: (ids: readonly string[]) => void }) {
  const { t } = useI18n();
  const id = useId();
  // Chosen, the field begins anew.
  const [turn, setTurn] = useState(0);
  const take = (chosen: string) => {
    if (chosen === "") return;
    onChange([...new Set([...ids, chosen])]);
    setTurn(turn + 1);
  };
  return (
    <div className="form-field">
      <label htmlFor={id}>{label} <span className="small muted">{t("form.optional")}</span></label>
      <PickerField key={turn} id={id} kind="account" label={label} value="" onChange={take} wrong={{}} />
      {ids.length === 0 ? <p className="small muted">{everybody}</p> : (
        <CustomerNames ids={ids}>
          <ul className="form-dates" aria-label={label}>
            {ids.map((one) => (
              <li key={one}>
                <Chosen id={one} />
                <button type="button" className="button quiet icon" aria-label={t("form.dates_remove", { day: one })} onClick={() => onChange(ids.filter((other) => other !== one))}><Icon name="close" size={12} /></button>
              </li>
            ))}
          </ul>
        </CustomerNames>
      )}
    </div>
  );
}

function Chosen({ id }: { id: string }) {
  return <span dir="auto">{useContext(Names).get(id) ?? id}</span>;
}
