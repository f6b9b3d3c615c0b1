/**
 * The language of the page: `const { t, locale } = useI18n();` and `t("invoices.title")`.
 *
 * The provider loads the chosen catalogue before it shows anything else in it, keeps the last one meanwhile, and
 * sets `lang` and `dir` of the document.
 */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { usePreference } from "../preferences";
import { languages, pickLanguage, type Language } from "./languages";
import { translate, type Catalogue, type Key, type Parameters } from "./translate";
import { entryWords, speak, wordsOf } from "./words";

export type { Key, Parameters } from "./translate";
export { offered } from "./languages";
export type Translate = (key: Key, parameters?: Parameters) => string;

export interface I18n {
  t: Translate;
  language: Language;
  locale: string;
  /** Whether there is such a label, for one whose key is put together from data. */
  has: (key: string) => key is Key;
}

const Context = createContext<I18n>(i18n(languages[0]!, entryWords));

export function useI18n(): I18n {
  return useContext(Context);
}

/** `language`: the tag of one that a part of the page is in, whatever its reader chose for the console. */
export function I18nProvider({ language = null, children }: { language?: string | null; children: ReactNode }) {
  const [choice] = usePreference("language");
  const wanted = useMemo(() => pickLanguage(language ?? choice, navigator.languages), [language, choice]);
  // English has its core with it; what a page needs beside it comes with the page.
  const [loaded, setLoaded] = useState<I18n | null>(() => (wanted.tag === "en" ? i18n(wanted, wordsOf(wanted)) : null));

  useEffect(() => {
    let current = true;
    void speak(wanted).then((words) => {
      if (current) setLoaded((before) => (before?.language.tag === wanted.tag ? before : i18n(wanted, words)));
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  useEffect(() => {
    if (!loaded) return;
    document.documentElement.lang = loaded.language.tag;
    document.documentElement.dir = loaded.language.direction;
  }, [loaded]);

  return loaded && <Context value={loaded}>{children}</Context>;
}

/** A label whose key is put together from data, such as a status that a newer server sends; else `fallback`. */
export function useLabel(): (key: string, fallback: string) => string {
  const { t, has } = useI18n();
  return useMemo(() => (key, fallback) => (has(key) ? t(key) : fallback), [t, has]);
}

function i18n(language: Language, words: Partial<Catalogue>): I18n {
  const { locale } = language;
  return { language, locale, has: (key): key is Key => key in words, t: (key, parameters) => translate(words, locale, key, parameters) };
}
