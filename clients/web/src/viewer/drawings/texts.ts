/** The sentences of overlay planes and segmentations, which are loaded with them and not with the page. */

import type { Words } from "../../i18n/words";

export const texts: Words<"menu" | "overlays" | "strict" | "others" | "left" | "failed"> = {
  en: {
    menu: "Overlays",
    overlays: "Overlay planes of this image",
    strict: "A segment is drawn only over the very planes and pixels for which it was made.",
    others: "Segmentations of other series: {n}.",
    left: "Segmentations that were not looked at: {n}.",
    failed: "A segmentation cannot be shown:",
  },
  it: {
    menu: "Overlay",
    overlays: "Piani di overlay di questa immagine",
    strict: "Un segmento è disegnato solo sui piani e sui pixel per cui è stato fatto.",
    others: "Segmentazioni di altre serie: {n}.",
    left: "Segmentazioni non esaminate: {n}.",
    failed: "Una segmentazione non può essere mostrata:",
  },
};
