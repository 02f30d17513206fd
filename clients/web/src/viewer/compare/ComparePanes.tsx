/** The panes of a comparison, in the way that is chosen. */

import type { ReactNode } from "react";
import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import type { Size } from "../../imaging/space/view";
import { View } from "../canvas/View";
import type { FrameCache } from "../stack/cache";
import type { Model } from "../state/model";
import viewer from "../viewer.module.css";
import classes from "./compare.module.css";
import type { CompareMode } from "./compareModes";

/** Of the two, or the source below a swipe, over which the result has all that is drawn over both. */
export type Side = "source" | "result" | "below";

interface Props {
  mode: CompareMode;
  model: Model;
  /** The model of the result: that of the source, or one with a window of its own. */
  own: Model;
  left: FrameCache | null;
  right: FrameCache;
  /** Position of the swipe, in percent. */
  swipe: number;
  /** Opacity of a mask, from 0 to 1. */
  opacity: number;
  onHelp: () => void;
  /** Called with the source's plane; with the result's if there is no source. */
  onFrame: (frame: Frame) => void;
  /** What is drawn over the planes of a side, whose place in the stack the model says. */
  drawnOver: (side: Side, model: Model) => (frame: Frame, area: Size) => ReactNode;
}

export function ComparePanes({ mode, model, own, left, right, swipe, opacity, onHelp, onFrame, drawnOver }: Props) {
  const t = useT();
  const [source, result] = [t("viewer.source"), t("viewer.result")];
  const common = { model, onHelp, drawn: drawnOver("source", model) };
  const beside = { model: own, onHelp, drawn: drawnOver("result", own) };
  return (
    <div className={viewer.panes}>
      {mode === "side" && (
        <>
          {left && <View {...common} cache={left} title={source} name={source} onFrame={onFrame} />}
          <View {...beside} cache={right} title={result} name={result} main />
        </>
      )}
      {mode === "only" && (
        <View {...beside} cache={right} title={result} name={result} onFrame={left ? undefined : onFrame} main />
      )}
      {mode === "swipe" && left && (
        <div className={viewer.pane}>
          <View
            {...common}
            drawn={drawnOver("below", model)}
            className={classes.stacked}
            cache={left}
            title=""
            name={source}
            onFrame={onFrame}
            bare
          />
          <View
            {...beside}
            className={classes.stacked}
            cache={right}
            below={left}
            title={`${source} | ${result}`}
            name={result}
            clip={swipe}
            main
          />
          <div className={classes.swipe} style={{ left: `${swipe}%` }} />
        </div>
      )}
      {(mode === "difference" || mode === "mask") && left && (
        <View
          {...common}
          key={mode}
          cache={left}
          over={right}
          mode={mode}
          opacity={opacity}
          main
          onFrame={onFrame}
          title={t(`result.${mode}`)}
          name={t(`result.${mode}`)}
        />
      )}
    </div>
  );
}
