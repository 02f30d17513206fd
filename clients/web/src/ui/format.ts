/** Numbers and times as people read them. */

import type { Language, Translate } from "../i18n";

/** A number's text, such as "2.5", with the decimal mark of the reader's language. */
export const decimal = (t: Translate, text: string | number) => String(text).replace(".", t("number.mark"));

/** Several numbers in a row, told apart also where the decimal mark is a comma. */
export const row = (t: Translate, texts: readonly string[]) =>
  texts.map((text) => decimal(t, text)).join(t("number.between"));

export function duration(t: Translate, ms: number): string {
  if (ms < 0) return "0 ms";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${decimal(t, (ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function bytes(t: Translate, count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${(count / 1000).toFixed(0)} kB`;
  return `${decimal(t, (count / 1e6).toFixed(1))} MB`;
}

/** A DICOM date (YYYYMMDD) as the language writes it; any other text unchanged. */
export function dicomDate(text: string | null | undefined, language: Language): string {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? "");
  if (!parts) return text ?? "";
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return date.toLocaleDateString(language === "it" ? "it-IT" : "en-GB", { dateStyle: "medium" });
}

export function clockTime(ms: number, language: Language): string {
  return new Date(ms).toLocaleTimeString(language === "it" ? "it-IT" : "en-GB");
}

/** A number with few digits; a small one with two more, so that the window of a map from 0 to 1 is told. */
export const short = (t: Translate, value: number, digits = 1) =>
  decimal(
    t,
    Number.isInteger(value)
      ? value
      : Math.abs(value) < 0.01 && value !== 0
        ? value.toExponential(2)
        : Math.abs(value) < 10
          ? Number(value.toFixed(digits + 2))
          : value.toFixed(digits),
  );

/** A number with at most four significant digits. */
export const figure = (t: Translate, value: number) =>
  decimal(t, Number.isInteger(value) ? value : Number(value.toPrecision(4)));
