/**
 * A button that opens a small panel beside it: the user menu, the column chooser, a row's actions.
 *
 * Escape and a click outside close it and give the focus back; `children` gets `close` for items that end it.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import "./Disclosure.css";

interface Props {
  label: string;
  button: ReactNode;
  className?: string;
  children: (close: () => void) => ReactNode;
}

export function Disclosure({ label, button, className = "button quiet", children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!open) return;
    const follow = () => {
      if (opener.current && panel.current) place(opener.current, panel.current);
    };
    follow();
    addEventListener("scroll", follow, true);
    addEventListener("resize", follow);
    return () => {
      removeEventListener("scroll", follow, true);
      removeEventListener("resize", follow);
    };
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey, true);
    const button = opener.current;
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey, true);
      // The panel took the focus with it: back to the button that opened it.
      if (document.activeElement === document.body) button?.focus();
    };
  }, [open]);

  return (
    <div className="disclosure no-print" ref={root}>
      <button
        ref={opener} type="button" className={className} aria-label={label} title={label}
        aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div id={id} ref={panel} role="group" aria-label={label} className="disclosure-panel">
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}

const gap_px = 4;
const edge_px = 8;

/**
 * Puts the panel under the button, ends flush, inside the window; above it where there is more room. It is fixed to the
 * window, since a table that scrolls in itself would cut it off.
 */
function place(button: HTMLElement, panel: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const wanted = getComputedStyle(button).direction === "rtl" ? at.left : at.right - width;
  const left = Math.max(edge_px, Math.min(wanted, innerWidth - width - edge_px));
  const below = at.bottom + gap_px;
  const fits = below + height + edge_px <= innerHeight || at.top < innerHeight - at.bottom;
  panel.style.left = `${left}px`;
  panel.style.top = `${fits ? below : Math.max(edge_px, at.top - gap_px - height)}px`;
}
