/**
 * Holds the catalogues to each other: every language has every label of English in the file of the same room, with the
 * same holes and with every plural category that its language uses; every label is used somewhere in src/, and a page says
 * only words of the rooms that it brings.
 *
 *     npm run catalogues        prints what is wrong, exits 1 if anything is
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Message = string | Record<string, string>;
type Labels = Record<string, Message>;

const root = new URL("..", import.meta.url).pathname;
const tags = ["en", "fr", "de", "es"] as const;

const roomsOf = (tag: string): string[] => readdirSync(join(root, "src/lib/i18n", tag)).filter((name) => name.endsWith(".json")).sort();
const read = (tag: string, room: string): Labels => JSON.parse(readFileSync(join(root, "src/lib/i18n", tag, room), "utf8"));
const texts = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));
const holes = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole))].sort();
const all = (message: Message): string => [...new Set(texts(message).flatMap(holes))].sort().join(" ");

/** What differs between two languages, and which label stands in two rooms. */
export function differences(): string[] {
  const complaints: string[] = [];
  const home = new Map<string, string>();
  for (const room of roomsOf("en")) {
    for (const key of Object.keys(read("en", room))) {
      if (home.has(key)) complaints.push(`en: ${key} is in ${home.get(key)} and in ${room}`);
      home.set(key, room);
    }
  }
  for (const tag of tags) {
    if (roomsOf(tag).join() !== roomsOf("en").join()) complaints.push(`${tag}: has the files ${roomsOf(tag).join(" ")}, English has ${roomsOf("en").join(" ")}`);
    else for (const room of roomsOf("en")) complaints.push(...compare(tag, room));
  }
  return complaints;
}

function compare(tag: string, room: string): string[] {
  const [english, catalogue] = [read("en", room), read(tag, room)];
  const complaints = Object.keys(catalogue).filter((key) => !(key in english)).map((key) => `${tag}/${room}: ${key} is not in English`);
  for (const [key, source] of Object.entries(english)) {
    const message = catalogue[key];
    if (message === undefined || texts(message).some((text) => text.trim() === "")) {
      complaints.push(`${tag}/${room}: ${key} is missing`);
      continue;
    }
    if (all(message) !== all(source)) complaints.push(`${tag}/${room}: ${key} has the holes ${all(message)}, English has ${all(source)}`);
    if (typeof message !== typeof source) complaints.push(`${tag}/${room}: ${key} is plural in one language only`);
    if (typeof message === "string") continue;
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const category of categories) if (!(category in message)) complaints.push(`${tag}/${room}: ${key} lacks the plural "${category}"`);
  }
  return complaints;
}

/**
 * What a page says that is in no room it brings. Followed are its imports, those made later too; the rooms stand in
 * src/app/routes.ts, and those of the shell and the login in src/app/App.tsx. A part that is loaded later may bring rooms
 * of its own: `lazy(withWords(["debits"], () => import("./Dialog")))`.
 */
export function foreign(): string[] {
  const home = new Map(roomsOf("en").flatMap((room) => Object.keys(read("en", room)).map((key) => [key, room.replace(".json", "")] as const)));
  const declared = ["routes.ts", "App.tsx"].flatMap((file) => [...source(`app/${file}`).matchAll(/import\("\.\/([\w/]+)"\)(?:, \[([^\]]*)\]|\)\))/g)].map(([, path = "", rooms]) => [path, rooms] as const));
  const inApp = new Map([...source("app/App.tsx").matchAll(/withWords\(\[([^\]]*)\], \(\) => import\("\.\/([\w/]+)"\)/g)].map(([, rooms = "", path = ""]) => [path, rooms]));
  return declared.flatMap(([path, rooms]) => {
    const brought = ["core", ...(path === "pages/LoginPage" ? [] : ["shell", "kit"]), ...namesOf(inApp.get(path) ?? rooms ?? "")];
    return unbrought(path, `app/${path}.tsx`, new Set(brought), home);
  });
}

const namesOf = (rooms: string): string[] => [...rooms.matchAll(/"(\w+)"/g)].map(([, room = ""]) => room);

/** Of what a file reaches; a part that comes later with words of its own, `withWords(["taxes"], … import("…"))`, says those too. */
function unbrought(page: string, file: string, brought: ReadonlySet<string>, home: ReadonlyMap<string, string>, seen = new Set<string>()): string[] {
  const files = reached(file);
  const code = [...files].map(source).join("\n");
  // What a kit is given the first part of, it completes itself.
  const firstParts = [...code.matchAll(/\b(?:words|fields)(?:: |=)"([a-z_]+)"/g)].map(([, first = ""]) => first);
  const said = [...[...code.matchAll(/"([a-z_]+\.\w[\w.]*)"/g)].map(([, key = ""]) => key), ...[...home.keys()].filter((key) => firstParts.includes(key.split(".")[0]!))];
  const own = [...new Set(said)].filter((key) => home.has(key) && !brought.has(home.get(key)!)).map((key) => `${page}: ${key} is in the room ${home.get(key)}`);
  const later = [...files].flatMap((one) => [...source(one).matchAll(part)].map(([, rooms = "", path = ""]) => [found(one, path), namesOf(rooms)] as const));
  // Two parts may lead to each other.
  const fresh = later.filter(([one]) => one !== undefined && !seen.has(one) && seen.add(one));
  return [...own, ...fresh.flatMap(([one, rooms]) => unbrought(page, one!, new Set([...brought, ...rooms]), home, seen))];
}

const part = /withWords\(\[([^\]]*)\], [^"]*import\("(\.[\w./]+)"\)/g;

/** The file of `src` that another one names. */
const found = (from: string, path: string): string | undefined => [".tsx", ".ts", "/index.tsx"].map((end) => join(from, "..", path + end)).find((candidate) => existsSync(join(root, "src", candidate)));

/** Without its comments. */
const source = (path: string): string => readFileSync(join(root, "src", path), "utf8").replace(/\/\*[^]*?\*\//g, "");

function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = source(file).replace(part, "");
  for (const [, path = ""] of code.matchAll(/(?:from |import\(|import )"(\.[\w./]+)"/g)) {
    const one = found(file, path);
    // The shell has all pages behind it, by its routes.
    if (one && one !== "app/routes.ts") reached(one, seen);
  }
  // What a folder's files are: `import.meta.glob("./sections/*.tsx", …)`.
  for (const [, folder = ""] of code.matchAll(/import\.meta\.glob[^(]*\("\.\/([\w/]+)\/\*\.tsx"/g)) {
    const at = join(file, "..", folder);
    for (const name of readdirSync(join(root, "src", at)).filter((one) => one.endsWith(".tsx"))) reached(join(at, name), seen);
  }
  return seen;
}

/** The labels that nothing in src/ names. */
export function unused(): string[] {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|schema\.d/.test(path))
    .map((path) => readFileSync(join(root, "src", path), "utf8"))
    .join("\n");
  // A key put together from data, `status.${kind}.${status}`, uses every label that fits its fixed parts; what a kit is
  // given the first part of, words: "invoices", it puts together itself.
  const patterns = [
    ...[...sources.matchAll(/`([a-z_]+[._][^`\s]*\$\{[^`]*)`/g)].map(([, template = ""]) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "\u0000").replace(/[.*+?^()|[\]\\]/g, "\\$&").replaceAll("\u0000", "[a-z_]+")}$`)),
    ...[...sources.matchAll(/\bwords(?:: |=)"([a-z_]+)"/g)].map(([, prefix = ""]) => new RegExp(`^${prefix}\\.(title|tabs|count|label|filters|no_match|clear|show_all|tab_[a-z_]+|empty_[a-z_]+|view_[a-z_]+|views|page_title|not_found|kind|back|none|pending|done|failed|unknown|consequence)$`)),
  ];
  // A form names its fields by the names of the body: `cycle_form.anchor_day`.
  const forms = new Set([...sources.matchAll(/\b(?:words|form)(?:: |=)"([a-z_]+_form)"/g)].map(([, first = ""]) => first));
  patterns.push(...[...forms].map((first) => new RegExp(`^${first}\\.\\w+$`)));
  const keys = roomsOf("en").flatMap((room) => Object.keys(read("en", room)));
  return keys.filter((key) => !sources.includes(`"${key}"`) && !patterns.some((pattern) => pattern.test(key)));
}

/** Keys put together from data, t(`status.${kind}`), that no label fits: whatever the data, a key would be shown or a fallback. */
export function missing(): string[] {
  const keys = roomsOf("en").flatMap((room) => Object.keys(read("en", room)));
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path)).flatMap((path) =>
    [...source(path).matchAll(/\b(?:t|label|words|has|choiceLabel)\(`([^`]*\$\{[^`]*)`/g)].flatMap(([, template = ""]) => {
      const parts = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/).map((part) => part.replace(/[.*+?^()|[\]\\]/g, "\\$&"));
      const pattern = new RegExp(`^${parts.join("[\\w.]+")}$`);
      return keys.some((key) => pattern.test(key)) ? [] : [`${path}: no label fits ${template}`];
    }),
  );
}

if (import.meta.main) {
  const complaints = [...differences(), ...missing(), ...foreign(), ...unused().map((key) => `en: ${key} is not used`)];
  complaints.forEach((complaint) => console.error(complaint));
  console.log(`${roomsOf("en").length} rooms, ${complaints.length} complaints`);
  process.exit(complaints.length === 0 ? 0 : 1);
}
