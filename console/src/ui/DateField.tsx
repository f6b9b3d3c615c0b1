/**
 * A date that goes into the URL: told when the calendar has it, and never taken out of the hand that types it.
 *
 * A browser calls a half-typed date empty. So the field keeps its own text: a whole date counts at once, an empty one
 * when the field is left, and a change from elsewhere (Clear, Back) is shown unless someone is typing.
 */
import { useEffect, useRef } from "react";
import "./list/Filters.css";

interface Props {
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (value: string) => void;
}

/** Years before it are half-typed ones: 0002 on the way to 2026. */
const first = "1970-01-01";

export function DateField({ label, value, min, max, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = value;
  }, [value]);
  return (
    <label className="filter-date">
      <span className="small muted">{label}</span>
      <input
        ref={field} className="field" type="date" defaultValue={value} min={min} max={max}
        onChange={({ target }) => target.value >= first && target.value !== value && onChange(target.value)}
        onBlur={({ target }) => {
          if (target.validity.badInput) target.value = value;
          else if (target.value !== value) onChange(target.value);
        }}
      />
    </label>
  );
}
