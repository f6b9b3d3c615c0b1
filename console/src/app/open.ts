/**
 * Which pages are open to the reader: whoever is held to legal entities has no use for those of the whole operator, so no menu,
 * tab or palette leads there. The API refuses them what these pages show (docs/security.md).
 */
import { useCallback } from "react";
import { useSession } from "../features/identity/session";

const ofTheOperator: readonly RegExp[] = [
  /^\/usage\/(sources|files|retractions|reconciliation|dead-letters)(\/|$)/,
  /^\/payments\/(bank-statements|direct-debits|vouchers)(\/|$)/,
  /^\/(journal\/exports|dunning\/affected|health|proof|outages)(\/|$)/,
  /^\/plans\/(new|[^/]+\/(edit|next))$/,
  /^\/settings\/(users|api-keys|roles|webhooks|access-policy)(\/|$)/,
];

export function isOpen(path: string, held: boolean): boolean {
  return !held || !ofTheOperator.some((pattern) => pattern.test(path));
}

/** Whether the reader is held to legal entities. */
export function useHeld(): boolean {
  return (useSession().data?.legal_entities ?? null) !== null;
}

/** Whether a page, by its path or its pattern, is open to the reader. */
export function useIsOpen(): (path: string) => boolean {
  const held = useHeld();
  return useCallback((path) => isOpen(path, held), [held]);
}
