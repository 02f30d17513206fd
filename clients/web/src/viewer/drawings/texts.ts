/** The sentences of overlay planes and segmentations, which are loaded with them and not with the page. */

import type { Words } from "../../i18n/words";

export const texts: Words<"menu" | "overlays" | "cut" | "all" | "strict" | "through" | "others" | "left" | "failed"> = {
  en: {
    menu: "Overlays",
    overlays: "Overlay planes of this image",
    cut: "Overlay planes are drawn over stored planes alone, not over those cut through a volume.",
    all: "All segments",
    strict: "A segment is drawn only over the very planes and pixels for which it was made, and where these are cut.",
    through: "Loading the segments of all planes …",
    others: "Segmentations of other series: {n}.",
    left: "Segmentations that were not looked at: {n}.",
    failed: "A segmentation cannot be shown:",
  },
  it: {
    menu: "Overlay",
    overlays: "Piani di overlay di questa immagine",
    cut: "I piani di overlay sono disegnati solo sui piani memorizzati, non su quelli ricavati da un volume.",
    all: "Tutti i segmenti",
    strict:
      "Un segmento è disegnato solo sui piani e sui pixel per cui è stato fatto, e dove questi sono attraversati da un piano.",
    through: "Caricamento dei segmenti di tutti i piani …",
    others: "Segmentazioni di altre serie: {n}.",
    left: "Segmentazioni non esaminate: {n}.",
    failed: "Una segmentazione non può essere mostrata:",
  },
};
