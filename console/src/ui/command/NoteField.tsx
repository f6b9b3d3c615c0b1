/** A few words to a command, for those who read it later: `<NoteField value={note} onChange={setNote} />`; may be left empty. */
import { useId } from "react";
import { useI18n } from "../../lib/i18n";

const longest = 200;

export function NoteField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useI18n();
  const id = useId();
  return (
    <label className="command-reason" htmlFor={id}>
      <span>{t("command.note")} <span className="small muted">{t("form.optional")}</span></span>
      <input id={id} className="field" maxLength={longest} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
