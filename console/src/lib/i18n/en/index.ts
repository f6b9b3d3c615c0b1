/** The English words: one file a room, so that a feature's words are edited with the feature. */
import identity from "./identity.json";
import invoicing from "./invoicing.json";
import kit from "./kit.json";
import payments from "./payments.json";
import reporting from "./reporting.json";
import shell from "./shell.json";

export default { ...identity, ...invoicing, ...kit, ...payments, ...reporting, ...shell };
