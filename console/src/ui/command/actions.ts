/**
 * What can be done with a thing, declared once for its row and for its page.
 *
 *     export const invoiceActions: Actions<Invoice> = {
 *       links: [{ icon: "pdf", label: "invoice.pdf", href: pdfPath, when: hasDocument }],
 *       commands: { issue: { icon: "sent", label: "invoice.issue", Dialog: IssueDialog } },
 *     };
 *
 * The server decides: a command is offered when the thing's `allowed_actions` name it, and where it is not allowed it
 * stands there disabled with the server's reason. What the console has no dialog for is not shown.
 */
import type { ComponentType } from "react";
import type { Key } from "../../lib/i18n";
import type { IconName } from "../Icon";

export interface AllowedAction {
  action: string;
  allowed: boolean;
  reason?: string | null;
}

export interface Actionable {
  allowed_actions: readonly AllowedAction[];
}

export interface ActionLink<Thing> {
  icon: IconName;
  label: Key;
  /** A document of the server, opened beside the console. */
  href: (thing: Thing) => string;
  when?: (thing: Thing) => boolean;
}

export interface ActionCommand<Thing> {
  icon: IconName;
  label: Key;
  /** Asks, and gives the command. */
  Dialog: ComponentType<{ thing: Thing; onClose: () => void }>;
  /** False where offering it would only be in the way, even disabled. */
  when?: (thing: Thing) => boolean;
}

export interface Actions<Thing> {
  links: readonly ActionLink<Thing>[];
  /** By the action's name in `allowed_actions`. */
  commands: Readonly<Record<string, ActionCommand<Thing>>>;
}

export interface Offer<Thing> extends ActionCommand<Thing> {
  action: string;
  allowed: boolean;
  reason: string | null;
}

/** The commands to show for this thing, in the order they are declared. */
export function offersFor<Thing extends Actionable>(actions: Actions<Thing>, thing: Thing): readonly Offer<Thing>[] {
  return Object.entries(actions.commands).flatMap(([action, command]) => {
    const said = thing.allowed_actions.find((one) => one.action === action);
    if (!said || command.when?.(thing) === false) return [];
    return [{ ...command, action, allowed: said.allowed, reason: said.allowed ? null : (said.reason ?? null) }];
  });
}

export function linksFor<Thing>(actions: Actions<Thing>, thing: Thing): readonly ActionLink<Thing>[] {
  return actions.links.filter(({ when }) => when?.(thing) ?? true);
}
