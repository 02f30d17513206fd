/** The page's language: the one chosen last, else the browser's where it is Italian, else English. */

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { en, type Key } from "./en";
import { it } from "./it";

export type Language = "en" | "it";
export type Translate = (key: Key, fill?: Record<string, string | number>) => string;

const BOOKS: Record<Language, Record<Key, string>> = { en, it };
const STORED = "imaging.language";

export function translate(language: Language, key: Key, fill: Record<string, string | number> = {}): string {
  return BOOKS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** Whether a text is a key, for keys that are made from a code. */
export function isKey(key: string): key is Key {
  return key in en;
}

interface Value {
  language: Language;
  setLanguage: (language: Language) => void;
  t: Translate;
}
const Context = createContext<Value | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(first);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(STORED, language);
  }, [language]);
  const value = useMemo<Value>(
    () => ({ language, setLanguage, t: (key, fill) => translate(language, key, fill) }),
    [language],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

function first(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "en" || stored === "it") return stored;
  return navigator.language.startsWith("it") ? "it" : "en";
}

export function useLanguage(): Value {
  const value = useContext(Context);
  if (!value) throw new Error("outside of LanguageProvider");
  return value;
}

export function useT(): Translate {
  return useLanguage().t;
}
