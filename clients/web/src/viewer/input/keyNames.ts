/** What keys that are no letters are called on keyboards of the page's language. */

import type { Language } from "../../i18n";

const NAMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  it: { Space: "Spazio", Home: "Inizio", End: "Fine", Enter: "Invio", Del: "Canc", Shift: "Maiusc" },
};

/** Keys that are pressed together, such as "Shift ←", in the words of a language. */
export const keyText = (language: Language, keys: string) =>
  keys
    .split(" ")
    .map((key) => NAMES[language][key] ?? key)
    .join(" ");
