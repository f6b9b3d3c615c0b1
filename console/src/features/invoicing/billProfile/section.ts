/**
 * A part of the page on how a customer is billed: one file in sections/, which nothing else names.
 *
 *     export default section({ order: 20, Section: TaxSection });     // sections/tax.tsx
 *
 * It is shown by its `order`, draws a card, and has its words in the room "billing".
 */
import type { ComponentType } from "react";
import type { BillProfile } from "./queries";

export interface SectionProps {
  profile: BillProfile;
  /** Whether the reader's role may change it. */
  mayWrite: boolean;
}

export interface ProfileSection {
  order: number;
  Section: ComponentType<SectionProps>;
}

export function section(said: ProfileSection): ProfileSection {
  return said;
}
