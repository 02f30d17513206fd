/** Figures of measurements in words. */

import type { Translate } from "../../i18n";
import type { Figure } from "../../imaging/measure";

export function figureText(t: Translate, { name, value, unit, meaning }: Figure): string {
  const where = meaning && meaning !== "patient" ? ` ${t(`length.${meaning}`)}` : "";
  if (name === "length") return `${value.toFixed(1)} ${unit}${where}`;
  if (name === "angle") return `${value.toFixed(1)}°`;
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (name === "value") return unit ? `${number} ${unit}` : number;
  if (name === "pixels") return t("measure.pixels", { n: value });
  return `${t(`measure.${name}`)} ${number}${unit ? ` ${unit}` : ""}${where}`;
}
