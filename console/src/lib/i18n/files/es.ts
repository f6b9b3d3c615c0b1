/** Where the rooms of this language are; loaded once it is chosen. */
import type { Files } from "../words";

export default import.meta.glob("../es/*.json", { import: "default" }) as Files;
