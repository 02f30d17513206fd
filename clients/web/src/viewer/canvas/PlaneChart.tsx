/** The histogram over a plane. */

import type { Frame } from "../../imaging/frame";
import { difference, differenceRange } from "../../imaging/values/difference";
import { type Model, useModel } from "../state/model";
import { chosenWindow, defaultWindow } from "../state/window";
import { HistogramChart } from "./HistogramChart";
import type { Mode } from "./render";

interface Props {
  model: Model;
  frame: Frame;
  second: Frame | null;
  mode: Mode;
}

/** The histogram of what is painted: the values, or the differences with the range of their colours. */
export function PlaneChart({ model, frame, second, mode }: Props) {
  const chosen = useModel(model, (s) => chosenWindow(frame, s));
  if (mode !== "difference" || !second) return <HistogramChart frame={frame} window={chosen ?? defaultWindow(frame)} />;
  const shown = difference(frame, second);
  return <HistogramChart frame={shown} window={{ center: 0, width: 2 * differenceRange(shown) }} />;
}
