/** A choice of whose books: all, the operator's own, or those of one legal entity. Who has none is not asked. */
import { useLegalEntities } from "../lib/form/pickers";
import { useI18n } from "../lib/i18n";
import { operator } from "../lib/listQuestion";
import "./list/Filters.css";

interface Props {
  label: string;
  /** What the operator's own books are called. */
  operatorWord: string;
  /** An id, `operator`, or empty for all. */
  value: string;
  onChange: (value: string) => void;
}

export function EntitySelect({ label, operatorWord, value, onChange }: Props) {
  const { t } = useI18n();
  const entities = useLegalEntities();
  if (entities.length === 0 && value === "") return null;
  const isKnown = value === "" || value === operator || entities.some(({ id }) => id === value);
  return (
    <label className="filter-date">
      <span className="small muted">{label}</span>
      <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("list.any")}</option>
        <option value={operator}>{operatorWord}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {entities.map(({ id, label: name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </label>
  );
}
