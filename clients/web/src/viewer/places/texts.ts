/** The sentences of places, which are loaded with results and not with the page. */

import type { Words } from "../../i18n/words";

export const texts: Words<"shown" | "go" | "more"> = {
  en: {
    shown: "Drawn over the image",
    go: "Go to {name}",
    more: "{n} more on this plane are not drawn.",
  },
  it: {
    shown: "Disegnati sull'immagine",
    go: "Vai a {name}",
    more: "Altri {n} su questo piano non sono disegnati.",
  },
};
