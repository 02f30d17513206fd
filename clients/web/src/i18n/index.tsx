/** The page's language: the one chosen last, else the browser's where it is Italian, else English. */

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { en, type Key } from "./en";
import { fillIn } from "./fill";

export type Language = "en" | "it";
/** The key of an error code's sentence, which English lacks: it is the server's own. */
type Said = `said.${string}`;
export type Translate = (key: Key | Said, fill?: Record<string, string | number>) => string;

type Book = Record<Key, string> & { readonly [key: Said]: string };
const STORED = "imaging.language";

export function translate(book: Book, key: Key | Said, fill: Record<string, string | number> = {}): string {
  return fillIn(book[key] ?? "", fill);
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
  const [book, setBook] = useState<Book | null>(language === "en" ? en : null);
  useEffect(() => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(STORED, language);
    } catch {
      // A full storage keeps no choice of a language.
    }
    let current = true;
    // Italian is loaded by those who read it; where it cannot be, English stands.
    const wanted = language === "en" ? Promise.resolve(en) : import("./it").then((found) => found.it);
    wanted.catch(() => en).then((found) => current && setBook(found));
    return () => {
      current = false;
    };
  }, [language]);
  const value = useMemo<Value>(
    () => ({ language, setLanguage, t: (key, fill) => translate(book ?? en, key, fill) }),
    [language, book],
  );
  return <Context.Provider value={value}>{book && children}</Context.Provider>;
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
