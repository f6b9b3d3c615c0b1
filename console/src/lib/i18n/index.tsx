/**
 * The language of the page: `const { t, locale } = useI18n();` and `t("invoices.title")`.
 *
 * The provider loads the chosen catalogue before it shows anything else in it, keeps the last one meanwhile, and
 * sets `lang` and `dir` of the document.
 */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { usePreference } from "../preferences";
import english from "./en";
import { languages, pickLanguage, type Language } from "./languages";
import { translate, type Catalogue, type Key, type Parameters } from "./translate";

export type { Key, Parameters } from "./translate";
export { offered } from "./languages";
export type Translate = (key: Key, parameters?: Parameters) => string;

export interface I18n {
  t: Translate;
  language: Language;
  locale: string;
}

const Context = createContext<I18n>(i18n(languages[0]!, english));

export function useI18n(): I18n {
  return useContext(Context);
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [choice] = usePreference("language");
  const wanted = pickLanguage(choice, navigator.languages);
  const [loaded, setLoaded] = useState<I18n | null>(() => (wanted.tag === "en" ? i18n(wanted, english) : null));

  useEffect(() => {
    let current = true;
    void wanted.load().then((catalogue) => {
      if (current) setLoaded((before) => (before?.language.tag === wanted.tag ? before : i18n(wanted, catalogue)));
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
  const { t } = useI18n();
  return useMemo(() => (key, fallback) => (key in english ? t(key as Key) : fallback), [t]);
}

function i18n(language: Language, catalogue: Catalogue): I18n {
  return { language, locale: language.locale, t: (key, parameters) => translate(catalogue, language.locale, key, parameters) };
}
