/** The sentences of uploads, which are loaded with them and not with the page. */

import type { Language } from "../i18n";

/** Why a file was not taken: the PACS API's words for it, by its code. */
type Reason =
  | "cut_off"
  | "cut_short"
  | "damaged"
  | "dicomdir"
  | "empty"
  | "no_identifiers"
  | "no_image"
  | "no_key"
  | "not_dicom"
  | "not_readable"
  | "other_content"
  | "too_large"
  | "unread";

export interface Texts {
  add: string;
  hint: string;
  drop: string;
  title: string;
  looking: (found: number) => string;
  progress: (done: number, of: number) => string;
  taken: (n: number) => string;
  there: (n: number) => string;
  skipped: (n: number) => string;
  refused: (n: number) => string;
  stopped: (why: string) => string;
  cancelled: string;
  cancel: string;
  close: string;
  reasons: Record<Reason, string>;
}

const en: Texts = {
  add: "Add images …",
  hint: "Choose a folder of DICOM files, or drop one anywhere on the page.",
  drop: "Drop the folder: its images are stored in the archive",
  title: "Adding images",
  looking: (found) => `Looking for files: ${found}`,
  progress: (done, of) => `${done} of ${of} files`,
  taken: (n) => (n === 1 ? "1 image stored" : `${n} images stored`),
  there: (n) => `${n} there already`,
  skipped: (n) => (n === 1 ? "1 other file skipped" : `${n} other files skipped`),
  refused: (n) => `Refused: ${n}`,
  stopped: (why) => `Stopped: ${why}`,
  cancelled: "Cancelled; what was stored stays.",
  cancel: "Cancel",
  close: "Close",
  reasons: {
    cut_off: "cut off: the pixels are missing",
    cut_short: "cut off: not all of the pixels are there",
    damaged: "damaged",
    dicomdir: "a DICOMDIR, which lists files and is no image",
    empty: "empty",
    no_identifiers: "without identifiers of study, series or image",
    no_image: "no image (a report, a plan, …)",
    no_key: "identifiers that the archive cannot hold",
    not_dicom: "not a DICOM file",
    not_readable: "cannot be read",
    other_content: "another image in the archive has the same identifiers",
    too_large: "larger than 5 GB",
    unread: "cannot be read",
  },
};

const it: Texts = {
  add: "Aggiungi immagini …",
  hint: "Scegliere una cartella di file DICOM, o trascinarla in un punto qualsiasi della pagina.",
  drop: "Rilasciare la cartella: le sue immagini vanno nell’archivio",
  title: "Aggiunta di immagini",
  looking: (found) => `Ricerca dei file: ${found}`,
  progress: (done, of) => `${done} di ${of} file`,
  taken: (n) => (n === 1 ? "1 immagine archiviata" : `${n} immagini archiviate`),
  there: (n) => `${n} già presenti`,
  skipped: (n) => (n === 1 ? "1 altro file ignorato" : `${n} altri file ignorati`),
  refused: (n) => `Rifiutati: ${n}`,
  stopped: (why) => `Interrotto: ${why}`,
  cancelled: "Annullato; quanto è stato archiviato resta.",
  cancel: "Annulla",
  close: "Chiudi",
  reasons: {
    cut_off: "troncato: mancano i pixel",
    cut_short: "troncato: manca una parte dei pixel",
    damaged: "danneggiato",
    dicomdir: "un DICOMDIR, che elenca file e non è un’immagine",
    empty: "vuoto",
    no_identifiers: "senza identificatori di studio, serie o immagine",
    no_image: "non è un’immagine (un referto, un piano, …)",
    no_key: "identificatori che l’archivio non può contenere",
    not_dicom: "non è un file DICOM",
    not_readable: "non leggibile",
    other_content: "un’altra immagine dell’archivio ha gli stessi identificatori",
    too_large: "più grande di 5 GB",
    unread: "non leggibile",
  },
};

export const TEXTS: Record<Language, Texts> = { en, it };

/** The words for why a file was refused; those of the PACS API for a code that the page does not know. */
export function reasonOf(texts: Texts, code: string, reason: string): string {
  return code in texts.reasons ? texts.reasons[code as Reason] : reason;
}
