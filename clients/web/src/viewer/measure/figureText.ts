/** Figures of measurements in words. */

import type { Translate } from "../../i18n";
import type { Figure } from "../../imaging/space/measure";
import { decimal, figure } from "../../ui/format";

export function figureText(t: Translate, { name, value, unit, meaning }: Figure): string {
  const where = meaning && meaning !== "patient" ? ` ${t(`length.${meaning}`)}` : "";
  if (name === "length") return `${decimal(t, value.toFixed(1))} ${unit}${where}`;
  if (name === "angle") return `${decimal(t, value.toFixed(1))}°`;
  const number = figure(t, value);
  if (name === "value") return unit ? `${number} ${unit}` : number;
  if (name === "pixels") return t("measure.pixels", { n: value });
  return `${t(`measure.${name}`)} ${number}${unit ? ` ${unit}` : ""}${where}`;
}
