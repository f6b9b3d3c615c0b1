/**
 * The words of the rooms that are shown, in the languages that are spoken; each is a small file, loaded when needed.
 *
 *     page("/plans", "nav.plans", …, () => import("./pages/PlansPage"), ["plans"])   // withWords: beside the page's code
 *     const words = await speak(languages[1]);                            // those rooms in French
 *
 * What a page asks for is loaded in every language spoken, and a language that is chosen gets every room asked for: so
 * a page that stands has its words in the language it is read in. `core` is the room of the entry, English with it.
 */
import core from "./en/core.json";
import type { Room } from "./en";
import type { Language } from "./languages";
import type { Catalogue } from "./translate";

export type { Room } from "./en";

type Labels = Partial<Catalogue>;

/** The rooms of a language, by their file. */
export type Files = Readonly<Record<string, (() => Promise<Labels>) | undefined>>;

const english = import.meta.glob<Labels>(["./en/*.json", "!./en/core.json"], { import: "default" });
/** The entry knows of other languages only where their files are told: all of them together are larger than its code. */
const others: Readonly<Record<Exclude<Language["source"], "en">, () => Promise<{ default: Files }>>> = {
  fr: () => import("./files/fr"),
  de: () => import("./files/de"),
  es: () => import("./files/es"),
};

const asked = new Set<Room>(["core"]);
/** By language; what is there is added to, never replaced, so that a `t` once given finds it too. */
const spoken = new Map<string, { language: Language; words: Labels; reads: Map<Room, Promise<void>> }>();

/** What the entry says in English. */
export const entryWords: Labels = core;

/** The words of a language as they are there now; English at least with its core. */
export function wordsOf(language: Language): Labels {
  return entry(language).words;
}

/** Loads what was asked for in this language, which is spoken from now on. */
export async function speak(language: Language): Promise<Labels> {
  const { words } = entry(language);
  await Promise.all([...asked].map((room) => read(language, room)));
  return words;
}

/** `load` with the words of these rooms: `lazy(withWords(["plans"], () => import("./PlansPage")))`. */
export function withWords<Module>(rooms: readonly Room[], load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [loaded] = await Promise.all([load(), askFor(rooms)]);
    return loaded;
  };
}

async function askFor(rooms: readonly Room[]): Promise<void> {
  rooms.forEach((room) => asked.add(room));
  await Promise.all([...spoken.values()].flatMap(({ language }) => rooms.map((room) => read(language, room))));
}

function entry(language: Language) {
  const known = spoken.get(language.tag);
  if (known) return known;
  const isEnglish = language.tag === "en";
  const made = { language, words: isEnglish ? { ...core } : {}, reads: new Map<Room, Promise<void>>(isEnglish ? [["core", Promise.resolve()]] : []) };
  spoken.set(language.tag, made);
  return made;
}

/** Once for each; one that failed is tried again when it is asked for again. */
function read(language: Language, room: Room): Promise<void> {
  const { words, reads } = entry(language);
  const known = reads.get(room);
  if (known) return known;
  const reading = load(language, room).then((labels) => void Object.assign(words, labels));
  reads.set(room, reading);
  reading.catch(() => reads.delete(room));
  return reading;
}

async function load({ tag, source }: Language, room: Room): Promise<Labels> {
  const labels = source === "en" ? await (room === "core" ? core : english[`./en/${room}.json`]?.()) : await (await others[source]()).default[`../${source}/${room}.json`]?.();
  if (!labels) throw new Error(`there is no file of words ${source}/${room}`);
  // Only who tries the console from right to left needs it.
  return tag === source ? labels : (await import("./pseudo")).pseudo(labels);
}
