/** A small table of facts; where the screen is too narrow for it, it scrolls in itself and the keyboard can reach it. */
import { useRef, type ReactNode } from "react";
import { useIsWide } from "./useIsWide";

export function PlainTable({ label, className = "", children }: { label: string; className?: string; children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  const isWide = useIsWide(holder);
  return (
    <div ref={holder} className="plain-scroll" {...(isWide ? { role: "group", "aria-label": label, tabIndex: 0 } : {})}>
      <table className={`plain ${className}`.trim()} aria-label={label}>{children}</table>
    </div>
  );
}
