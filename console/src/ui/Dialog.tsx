/**
 * A modal dialog on the browser's own `<dialog>`: it traps the focus, makes the page behind inert, closes on Escape.
 */
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useI18n } from "../lib/i18n";
import { Icon } from "./Icon";
import "./Dialog.css";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The buttons at its foot. */
  footer?: ReactNode;
  /** Hides the heading from the eye; a palette has its field there. */
  bare?: boolean;
  /** Stands at the end side of the window, over its whole height: for what is read beside the page. */
  side?: boolean;
  /** Nothing of the page behind it is seen. */
  cover?: boolean;
}

export function Dialog({ title, onClose, children, footer, bare = false, side = false, cover = false }: Props) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog} className={["dialog", bare ? "bare" : "", side ? "side" : "", cover ? "cover" : ""].join(" ").trim()} aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={bare ? "visually-hidden" : undefined}>
        <h2 id={heading}>{title}</h2>
        {!bare && (
          <button type="button" className="button quiet icon" aria-label={t("action.close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div className="dialog-body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
