/** Where a file is dropped, or chosen by the button in it: dragging is never the only way. */
import { useId, useState, type DragEvent } from "react";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { Size } from "./Format";

interface Props {
  file: File | null;
  problem: string | null;
  disabled: boolean;
  onTake: (file: File) => void;
}

export function DropZone({ file, problem, disabled, onTake }: Props) {
  const { t } = useI18n();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(!disabled);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped && !disabled) onTake(dropped);
  };
  return (
    // What is dropped is taken; the button in it is the other way.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div className={`drop-zone${isOver ? " over" : ""}${problem ? " wrong" : ""}`} role="group" aria-label={t("upload.file")} onDragOver={over} onDragEnter={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Icon name="sent" size={20} />
      {file ? <p><strong dir="auto">{file.name}</strong> <span className="muted"><Size bytes={file.size} /></span></p> : <p className="muted">{t("upload.drop")}</p>}
      <label htmlFor={id} className="button" aria-disabled={disabled}>{t(file ? "upload.choose_other" : "upload.choose")}</label>
      <input
        id={id} type="file" className="visually-hidden" disabled={disabled} aria-invalid={problem !== null} aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => { const chosen = event.target.files?.[0]; if (chosen) onTake(chosen); }}
      />
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}
