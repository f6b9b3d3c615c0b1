/**
 * Keyboard shortcuts: single keys, two in a row (`g` then `i`), and combinations.
 *
 *     useShortcuts({ "g i": () => navigate("/invoices"), "mod+k": openPalette });
 *
 * They never fire in a field that takes text, and single keys can be switched off (WCAG 2.1.4); `mod` is Control or
 * Command and always works. A component that mounts later answers first.
 */
import { useEffect, useRef } from "react";
import { preference } from "./preferences";

export type Shortcuts = Readonly<Record<string, () => void>>;

const sequence_ms = 1_200;
const layers: { current: Shortcuts }[] = [];
let pending: { key: string; at: number } | null = null;

export function useShortcuts(shortcuts: Shortcuts): void {
  const layer = useRef(shortcuts);
  useEffect(() => {
    layer.current = shortcuts;
  });
  useEffect(() => {
    if (layers.length === 0) document.addEventListener("keydown", onKey);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) document.removeEventListener("keydown", onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  const combined = event.ctrlKey || event.metaKey;
  if (!combined && (!preference("single_keys") || takesText(event.target) || inDialog())) return;
  const name = combined ? `mod+${event.key.toLowerCase()}` : event.key;
  const sequence = pending && event.timeStamp - pending.at < sequence_ms ? `${pending.key} ${name}` : null;
  pending = null;
  const action = (sequence && find(sequence)) || find(name);
  if (action) {
    event.preventDefault();
    action();
  } else if (startsSequence(name)) {
    pending = { key: name, at: event.timeStamp };
  }
}

function find(name: string): (() => void) | undefined {
  return layers.toReversed().find(({ current }) => current[name])?.current[name];
}

function startsSequence(key: string): boolean {
  return layers.some(({ current }) => Object.keys(current).some((name) => name.startsWith(`${key} `)));
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function inDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
