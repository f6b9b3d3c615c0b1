/**
 * All English words, a file for each room. Only their type is taken from here, and tests take the words: the console
 * loads the rooms that a page names (words.ts).
 */
import core from "./core.json";
import cycles from "./cycles.json";
import identity from "./identity.json";
import invoicing from "./invoicing.json";
import kit from "./kit.json";
import payments from "./payments.json";
import reporting from "./reporting.json";
import shell from "./shell.json";

/** A file of words: `invoicing` is src/lib/i18n/<language>/invoicing.json. */
export const rooms = ["core", "cycles", "identity", "invoicing", "kit", "payments", "reporting", "shell"] as const;
export type Room = (typeof rooms)[number];

export default { ...core, ...cycles, ...identity, ...invoicing, ...kit, ...payments, ...reporting, ...shell };
