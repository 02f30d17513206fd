/** The sentences of the list of measurements, which are loaded with it and not with the page. */

import type { Words } from "../../i18n/words";

export const words: Words<"list" | "plane" | "remove" | "undo" | "save" | "notKept"> = {
  en: {
    list: "Measurements ({n})",
    plane: "image {n}",
    remove: "Remove: {shape}, image {n}",
    undo: "Put the removed one back",
    save: "Save as {kind}",
    notKept: "This browser’s storage is full: measurements last only until the page is left.",
  },
  it: {
    list: "Misure ({n})",
    plane: "immagine {n}",
    remove: "Togli: {shape}, immagine {n}",
    undo: "Rimetti quella tolta",
    save: "Salva come {kind}",
    notKept: "La memoria di questo browser è piena: le misure durano solo finché non si lascia la pagina.",
  },
};
