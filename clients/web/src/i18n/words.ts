/** Sentences of a part that is loaded when it is used, in both languages; those of the first view are in `en.ts`. */

import { fillIn } from "./fill";
import { type Language, useLanguage } from "./index";

export type Words<K extends string> = Record<Language, Record<K, string>>;

/** Returns a function that gives a sentence in the page's language, with its holes filled in. */
export function useWords<K extends string>(words: Words<K>) {
  const { language } = useLanguage();
  return (key: K, fill: Record<string, string | number> = {}) => fillIn(words[language][key], fill);
}
