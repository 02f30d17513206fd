/** Says what the file says of its values and colours, or asks of those who show it, that is not applied. */

import { useWords, type Words } from "../../i18n/words";
import { unitText } from "../../imaging/values/realWorld";
import type { RealWorldValues, Told } from "../../imaging/values/told";
import classes from "./canvas.module.css";

export const words: Words<
  "shutter" | "mask" | "alpha" | "intensity" | "magnification" | "profile" | "unnamed" | "values" | "table"
> = {
  en: {
    shutter: "Display shutter not applied",
    mask: "Mask not subtracted",
    alpha: "Transparency of the palette not applied",
    magnification: "Estimated magnification not taken out of lengths",
    intensity: "Table back to the beam’s intensity not applied",
    profile: "Colour profile “{name}” not applied",
    unnamed: "Colour profile without a name not applied",
    values: "Values also stand for: {names}",
    table: "Stated by a table, not shown: {names}",
  },
  it: {
    shutter: "Shutter non applicato",
    mask: "Maschera non sottratta",
    alpha: "Trasparenza della tavolozza non applicata",
    magnification: "Ingrandimento stimato non tolto dalle lunghezze",
    intensity: "Tabella per l’intensità del fascio non applicata",
    profile: "Profilo colore «{name}» non applicato",
    unnamed: "Profilo colore senza nome non applicato",
    values: "I valori indicano anche: {names}",
    table: "Secondo una tabella, non mostrati: {names}",
  },
};

/** As the PACS API names a profile that has no name. */
const UNNAMED = "unnamed";

export default function FileNotes({ told }: { told: Told }) {
  const say = useWords(words);
  const { colourProfile, notApplied, realWorld } = told;
  const [linear, tables] = [
    realWorld.filter((one) => one.slope !== null),
    realWorld.filter((one) => one.slope === null),
  ];
  const notes = [
    notApplied.some((name) => name.includes("Shutter")) && say("shutter"),
    notApplied.some((name) => name.startsWith("MaskSubtraction")) && say("mask"),
    notApplied.some((name) => name.startsWith("AlphaPalette")) && say("alpha"),
    notApplied.includes("ModalityLUTSequence") && say("intensity"),
    notApplied.some((name) => name.includes("Magnification")) && say("magnification"),
    colourProfile && say(colourProfile === UNNAMED ? "unnamed" : "profile", { name: colourProfile }),
    linear.length > 0 && say("values", { names: linear.map(named).join(", ") }),
    tables.length > 0 && say("table", { names: tables.map(named).join(", ") }),
  ];
  return notes
    .filter((note) => note)
    .map((note) => (
      <div key={note as string} className={classes.note} data-testid="told">
        {note}
      </div>
    ));
}

function named({ label, unit }: RealWorldValues): string {
  const written = unitText(unit);
  return label && written ? `${label} (${written})` : label || written || "?";
}
