/**
 * Chooses an account, a plan and the like by name: what is typed is asked of the API once the hand rests, arrows choose,
 * Enter takes. The field shows the name, the form has the id; a text that nothing was chosen for is no choice.
 */
import { useId, useState, type KeyboardEvent } from "react";
import { useChosen, useOptions, type Option } from "../../lib/form/pickers";
import type { PickerKind } from "../../lib/form/schema";
import { useI18n } from "../../lib/i18n";
import { useRested } from "../../lib/rested";

interface Props {
  id: string;
  kind: PickerKind;
  label: string;
  /** The id that is chosen, or empty. */
  value: string;
  onChange: (id: string) => void;
  wrong: object;
}

const rest_ms = 200;

export function PickerField({ id, kind, label, value, onChange, wrong }: Props) {
  const { t } = useI18n();
  // What was chosen before the form was opened is known by its id only, and shown by its name once that is read.
  const [given] = useState(value);
  const chosen = useChosen(kind, given);
  const [typed, setText] = useState<string | null>(null);
  const text = typed ?? chosen?.label ?? given;
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useId();
  const asked = useRested(text.trim(), rest_ms);
  const { data: options = [], error } = useOptions(kind, asked, isOpen);
  const current = options[Math.min(at, options.length - 1)];

  const take = (option: Option | undefined) => {
    if (!option) return;
    setText(option.label);
    onChange(option.id);
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      if (isOpen) setAt((before) => (Math.min(before, options.length - 1) + step + options.length) % Math.max(1, options.length));
      else setOpen(true);
    } else if (isOpen && event.key === "Enter") take(current);
    else if (isOpen && event.key === "Escape") setOpen(false);
    else return;
    // Escape closes the options, not the drawer; Enter takes one, and sends nothing.
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span className="picker">
      <input
        id={id} className="field" role="combobox" autoComplete="off" aria-expanded={isOpen} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${list}-${options.indexOf(current)}` : undefined} value={text}
        onChange={(event) => { setText(event.target.value); setAt(0); setOpen(true); onChange(""); }}
        onFocus={() => setOpen(value === "")} onBlur={() => setOpen(false)} onKeyDown={onKey} {...wrong}
      />
      <div id={list} role="listbox" aria-label={label} className="picker-options" hidden={!isOpen}>
        {options.map((option, index) => (
          // The field keeps the focus and its keys choose; the pointer is the only other way in.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={option.id} id={`${list}-${index}`} role="option" aria-selected={option === current} tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={() => take(option)}>
            <span className="grow" dir="auto">{option.label}</span> {option.note && <span className="small muted" dir="ltr">{option.note}</span>}
          </div>
        ))}
      </div>
      <span className="visually-hidden" role="status">{isOpen && (error ? t("palette.failed") : t("form.options", { count: options.length }))}</span>
    </span>
  );
}
