/** Chooses several customers or subscriptions, one after the other; each that is chosen stands there with a way out. */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import type { PickerKind } from "../../lib/form/schema";
import { Icon } from "../Icon";
import { CustomerName } from "../Named";
import { PickerField } from "./PickerField";
import "./form.css";

interface Props {
  id: string;
  kind: PickerKind;
  label: string;
  ids: readonly string[];
  onChange: (ids: readonly string[]) => void;
  wrong: object;
}

export function ManyPicker({ id, kind, label, ids, onChange, wrong }: Props) {
  const { t } = useI18n();
  // The field is empty again for the next one.
  const [taken, setTaken] = useState(0);
  const take = (chosen: string) => {
    if (chosen === "") return;
    if (!ids.includes(chosen)) onChange([...ids, chosen]);
    setTaken((before) => before + 1);
  };
  return (
    <>
      {ids.length > 0 && (
        <ul className="row wrap" aria-label={label}>
          {ids.map((one) => (
            <li key={one} className="many-one">
              {kind === "account" ? <CustomerName id={one} inline /> : <span dir="ltr">{one}</span>}
              <button type="button" className="button quiet icon" aria-label={t("form.without", { name: one })} onClick={() => onChange(ids.filter((other) => other !== one))}><Icon name="close" size={14} /></button>
            </li>
          ))}
        </ul>
      )}
      <PickerField key={taken} id={id} kind={kind} label={label} value="" onChange={take} wrong={wrong} />
    </>
  );
}
