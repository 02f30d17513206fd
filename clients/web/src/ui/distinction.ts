/** What tells the volumes of a series apart, in the words of those who look at them; loaded with such a series. */

import { fillIn } from "../i18n/fill";
import type { Language } from "../i18n/index";

/** Words by the attribute's keyword. `{v}` is the value; without it, the value follows. */
type Book = Record<string, string>;

const EN: Book = {
  StackID: "stack",
  TemporalPositionIndex: "time point",
  TemporalPositionIdentifier: "time point",
  TemporalPositionTimeOffset: "after {v} s",
  ReferencedSegmentNumber: "segment",
  EffectiveEchoTime: "echo time {v} ms",
  EchoNumbers: "echo",
  EchoTime: "echo time {v} ms",
  DiffusionBValue: "b = {v} s/mm²",
  DiffusionGradientOrientation: "diffusion along",
  NominalPercentageOfCardiacPhase: "cardiac phase {v} %",
  NominalCardiacTriggerDelayTime: "{v} ms after the trigger",
  TriggerTime: "{v} ms after the trigger",
  InversionTime: "inversion time {v} ms",
  FlipAngle: "flip angle {v}°",
  ComplexImageComponent: "part",
  ImageType: "image type",
  ConvolutionKernel: "kernel",
  KVP: "{v} kV",
  SequenceName: "sequence",
  FrameReferenceTime: "at {v} ms",
  AcquisitionNumber: "acquisition",
  AcquisitionDateTime: "acquired",
  AcquisitionTime: "acquired",
  ContentTime: "recorded",
  SeriesInstanceUID: "series",
  EnergyWindowVector: "energy window",
  DetectorVector: "detector",
  PhaseVector: "phase",
  TimeSlotVector: "time slot",
  Size: "size",
  Orientation: "direction",
  PixelSpacing: "pixels of {v} mm",
  FrameOfReferenceUID: "frame of reference",
  ModalityAndUnit: "values",
  Kind: "kind",
  turn: "image {n} of each place, by time",
  planes: "sagittal coronal axial",
};

const IT: Book = {
  StackID: "pila",
  TemporalPositionIndex: "istante",
  TemporalPositionIdentifier: "istante",
  TemporalPositionTimeOffset: "dopo {v} s",
  ReferencedSegmentNumber: "segmento",
  EffectiveEchoTime: "tempo di eco {v} ms",
  EchoNumbers: "eco",
  EchoTime: "tempo di eco {v} ms",
  DiffusionBValue: "b = {v} s/mm²",
  DiffusionGradientOrientation: "diffusione lungo",
  NominalPercentageOfCardiacPhase: "fase cardiaca {v} %",
  NominalCardiacTriggerDelayTime: "{v} ms dopo il trigger",
  TriggerTime: "{v} ms dopo il trigger",
  InversionTime: "tempo di inversione {v} ms",
  FlipAngle: "flip angle {v}°",
  ComplexImageComponent: "componente",
  ImageType: "tipo di immagine",
  ConvolutionKernel: "kernel",
  KVP: "{v} kV",
  SequenceName: "sequenza",
  FrameReferenceTime: "a {v} ms",
  AcquisitionNumber: "acquisizione",
  AcquisitionDateTime: "acquisito",
  AcquisitionTime: "acquisito alle",
  ContentTime: "registrato alle",
  SeriesInstanceUID: "serie",
  EnergyWindowVector: "finestra di energia",
  DetectorVector: "rivelatore",
  PhaseVector: "fase",
  TimeSlotVector: "intervallo",
  Size: "dimensioni",
  Orientation: "direzione",
  PixelSpacing: "pixel di {v} mm",
  FrameOfReferenceUID: "sistema di riferimento",
  ModalityAndUnit: "valori",
  Kind: "tipo",
  turn: "immagine {n} di ogni posizione, per tempo",
  planes: "sagittale coronale assiale",
};

const BOOKS: Record<Language, Book> = { en: EN, it: IT };

/** What distinguishes a volume, such as "echo time 30 ms · b = 800 s/mm²"; an unknown attribute by its keyword. */
export function distinctionText(language: Language, distinction: Readonly<Record<string, string>>): string {
  const book = BOOKS[language];
  const said = Object.entries(distinction).map(([name, value]) => {
    if (/TimeIndex$/.test(name)) return fillIn(book.turn as string, { n: value });
    const word = book[name] ?? name;
    const v = valueText(language, name, value);
    return word.includes("{v}") ? fillIn(word, { v }) : `${word} ${v}`;
  });
  return said.join(" · ");
}

/** Values apart from one another, numbers without their rounding, times as clocks show them, planes by their names. */
function valueText(language: Language, name: string, value: string): string {
  if (!value) return "–";
  const parts = value.split("\\");
  const [mark, between] = language === "it" ? [",", "; "] : [".", ", "];
  if (name === "Orientation" && parts.length === 6) return planeName(BOOKS[language], parts.map(Number));
  if (/^(Acquisition|Content)/.test(name)) {
    const day = value.replace(/^(\d{4})(\d\d)(\d\d)(?=\d{6})/, "$1-$2-$3 ");
    return day.replace(/(\d\d)(\d\d)(\d\d(?:\.\d*[1-9])?)[.0]*$/, "$1:$2:$3").replace(".", mark);
  }
  // Identifiers have dots, too.
  const isNumber = (part: string) => /^-?\d*\.\d+$/.test(part) && !name.endsWith("UID");
  return parts
    .map((part) => (/^-?\d*\.\d{4,}$/.test(part) ? String(Number(Number(part).toPrecision(4))) : part))
    .map((part) => (isNumber(part) ? part.replace(".", mark) : part))
    .join(between);
}

/** The plane of the patient that is nearest to one with these direction cosines. */
function planeName(book: Book, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): string {
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d].map(Math.abs);
  return (book.planes as string).split(" ")[normal.indexOf(Math.max(...normal))] as string;
}
