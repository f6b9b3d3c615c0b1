/**
 * Labels that a kit puts together from the first part it is given: with `words: "invoices"` the list kit says
 * `invoices.title`, `invoices.count` and so on. `Words<"title" | "count">` are the first parts for which all of these
 * labels exist, so a missing one is a type error where the list is declared.
 */
import type { Key } from "./translate";

export type Words<Ending extends string> = {
  [K in Key]: K extends `${infer Prefix}.${Ending}` ? ([`${Prefix}.${Ending}`] extends [Key] ? Prefix : never) : never;
}[Key];

/** What follows `start` in the labels: `After<"invoices.tab_">` is "all" | "draft" | … */
export type After<Start extends string> = { [K in Key]: K extends `${Start}${infer Rest}` ? Rest : never }[Key];
