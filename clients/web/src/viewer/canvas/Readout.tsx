/** Value and position under the pointer: the only part over an image that follows every movement. */

import { Suspense } from "react";
import { type Translate, useT } from "../../i18n";
import { type Frame, valueAt } from "../../imaging/frame";
import { type Point, physicalPosition } from "../../imaging/space/geometry";
import { difference } from "../../imaging/values/difference";
import { row, short } from "../../ui/format";
import { lazy } from "../../ui/lazy";
import { type Model, useModel } from "../state/model";
import type { Mode } from "./render";

const RealWorld = lazy(() => import("./RealWorld"));

interface Props {
  model: Model;
  frame: Frame;
  second: Frame | null;
  mode: Mode;
}

export function Readout({ model, frame, second, mode }: Props) {
  const t = useT();
  const cursor = useModel(model, (s) => s.cursor);
  const text = cursor && readoutText(t, mode, frame, second, cursor);
  if (!cursor || !text) return null;
  const place = physicalPosition(frame.geometry, cursor);
  return (
    <>
      <div data-testid="value">{`${text} · ${Math.round(cursor.column)}, ${Math.round(cursor.row)}`}</div>
      {frame.told && (mode === "image" || mode === "mask") && (
        <Suspense fallback={null}>
          <RealWorld frame={frame} at={cursor} />
        </Suspense>
      )}
      {place && (
        <div data-testid="position">
          {row(
            t,
            place.map((v) => v.toFixed(1)),
          )}{" "}
          mm
        </div>
      )}
    </>
  );
}

/** What is painted at a point, in words: a value, a difference with the two that make it, or a value with its label. */
export function readoutText(t: Translate, mode: Mode, frame: Frame, second: Frame | null, at: Point): string | null {
  const own = valueText(t, frame, at);
  if (own === null) return null;
  const other = second && valueText(t, second, at);
  if (other === null) return own;
  if (mode === "difference" && second) {
    const apart = valueText(t, difference(frame, second), at) ?? "";
    return t("viewer.readDifference", { difference: apart, source: own, result: other });
  }
  if (mode === "beside") return t("viewer.readBoth", { source: other, result: own });
  return mode === "mask" ? `${own} · ${other}` : own;
}

/** The name of a label, or its number. */
export function labelText(t: Translate, label: number, looks: Frame["labels"]): string {
  return looks?.get(label)?.name || t("viewer.labelName", { n: label });
}

function valueText(t: Translate, frame: Frame, at: Point): string | null {
  const value = valueAt(frame, at.column, at.row);
  if (value === null) return null;
  if (Number.isNaN(value)) return t("viewer.noValue");
  if (typeof value !== "number") return `RGB ${value.join(", ")}`;
  if (frame.mask) return value > 0 ? labelText(t, value, frame.labels) : t("viewer.noLabel");
  return `${short(t, value, 2)}${frame.unit ? ` ${frame.unit}` : ""}`;
}
