/** Why a result is partial: what workers write of any algorithm, in the reader's language. */

import type { Language } from "../../i18n";

const INPUT = /^Input `(.+?)`: (?=The input is no regular volume\.)/;
const INTERPOLATED = / (\d+) planes, (\S+) mm apart, were interpolated of (\d+)\.$/;
const IRREGULAR = /^The input is no regular volume\. /;
const NOT_FINITE = / is not a finite number\.$/;

/** The sentence in a language, if it is one of those; the algorithm's own sentence stands as it is. */
export function lacking(language: Language, sentence: string): string {
  if (language === "en") return sentence;
  if (NOT_FINITE.test(sentence)) return sentence.replace(NOT_FINITE, " non è un numero finito.");
  const [, name] = INPUT.exec(sentence) ?? [];
  const rest = sentence.replace(INPUT, "");
  if (!IRREGULAR.test(rest)) return sentence;
  const [, planes, step, images] = INTERPOLATED.exec(rest) ?? [];
  const between = step?.replace(".", ",");
  return [
    name && `Ingresso «${name}»:`,
    planes && `Sono stati interpolati ${planes} piani a ${between} mm l’uno dall’altro, da ${images} immagini.`,
    "L’ingresso non è un volume regolare. Dettaglio del server:",
    rest.replace(INTERPOLATED, "").replace(IRREGULAR, ""),
  ]
    .filter(Boolean)
    .join(" ");
}
