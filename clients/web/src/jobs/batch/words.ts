/** The sentences of batches. */

import type { Words } from "../../i18n/words";

type Key =
  | "title"
  | "progress"
  | "count"
  | "left"
  | "show"
  | "hide"
  | "more"
  | "cancel"
  | "cancelling"
  | "retry"
  | "remove"
  | "eachImage"
  | "eachSeries"
  | "most";

export const words: Words<Key> = {
  en: {
    title: "{algorithm}, jobs: {n}",
    progress: "Progress of the batch",
    count: "{state}: {n}",
    left: "about {time} left",
    show: "Show the jobs",
    hide: "Hide the jobs",
    more: "Show {n} more",
    cancel: "Cancel all open ones",
    cancelling: "Cancelling …",
    retry: "Send again what failed ({n})",
    remove: "Remove the batch from the list",
    eachImage: "Each of the {n} images by itself",
    eachSeries: "Each of the {n} {modality} series of the study",
    most: "The first {n} at once.",
  },
  it: {
    title: "{algorithm}, lavori: {n}",
    progress: "Avanzamento del gruppo di lavori",
    count: "{state}: {n}",
    left: "ancora circa {time}",
    show: "Mostra i lavori",
    hide: "Nascondi i lavori",
    more: "Mostra altri {n}",
    cancel: "Annulla quelli aperti",
    cancelling: "Annullamento …",
    retry: "Invia di nuovo i non riusciti ({n})",
    remove: "Togli il gruppo dall’elenco",
    eachImage: "Ognuna delle {n} immagini da sola",
    eachSeries: "Ognuna delle {n} serie {modality} dello studio",
    most: "Le prime {n} alla volta.",
  },
};
