/**
 * Holds the catalogues to each other: every language has every label of English, with the same holes and with every
 * plural category that its language uses; and every label is used somewhere in src/.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Message = string | Record<string, string>;

const root = new URL("..", import.meta.url).pathname;
const read = (tag: string): Record<string, Message> => JSON.parse(readFileSync(join(root, `src/lib/i18n/${tag}.json`), "utf8"));
const texts = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));
const holes = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole))].sort();
const all = (message: Message): string => [...new Set(texts(message).flatMap(holes))].sort().join(" ");

const english = read("en");
const complaints: string[] = [];

for (const tag of ["en", "fr", "de"]) {
  const catalogue = read(tag);
  for (const key of Object.keys(catalogue)) if (!(key in english)) complaints.push(`${tag}: ${key} is not in English`);
  for (const [key, source] of Object.entries(english)) {
    const message = catalogue[key];
    if (message === undefined || texts(message).some((text) => text.trim() === "")) {
      complaints.push(`${tag}: ${key} is missing`);
      continue;
    }
    if (all(message) !== all(source)) complaints.push(`${tag}: ${key} has the holes ${all(message)}, English has ${all(source)}`);
    if (typeof message !== typeof source) complaints.push(`${tag}: ${key} is plural in one language only`);
    if (typeof message === "string") continue;
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const category of categories) if (!(category in message)) complaints.push(`${tag}: ${key} lacks the plural "${category}"`);
  }
}

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|schema\.d/.test(path))
  .map((path) => readFileSync(join(root, "src", path), "utf8"))
  .join("\n");
// A key put together from data, `status.${kind}.${status}`, uses every label that fits its fixed parts.
const patterns = [...sources.matchAll(/`([a-z_]+[._][^`\s]*\$\{[^`]*)`/g)].map(([, template = ""]) =>
  new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "\u0000").replace(/[.*+?^()|[\]\\]/g, "\\$&").replaceAll("\u0000", "[a-z_]+")}$`),
);
for (const key of Object.keys(english)) {
  if (!sources.includes(`"${key}"`) && !patterns.some((pattern) => pattern.test(key))) complaints.push(`en: ${key} is not used`);
}

complaints.forEach((complaint) => console.error(complaint));
console.log(`${Object.keys(english).length} labels, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
