/** A pane with the text over it, and a sentence while it loads or if it fails. */

import { Button } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useT } from "../i18n";
import type { Frame } from "../imaging/frame";
import type { Size } from "../imaging/view";
import type { Window } from "../imaging/window";
import type { FrameCache } from "./cache";
import type { Scene } from "./gestures";
import { HistogramChart } from "./HistogramChart";
import { press } from "./keys";
import { type Model, useModel } from "./model";
import { Overlay } from "./Overlay";
import { Pane } from "./Pane";
import type { Mode } from "./render";
import classes from "./viewer.module.css";

interface Props {
  model: Model;
  cache: FrameCache;
  over?: FrameCache;
  mode?: Mode;
  opacity?: number;
  title: string;
  name: string;
  className?: string;
  clip?: number;
  /** Whether it shows the text; the upper one of two stacked panes does not. */
  bare?: boolean;
  onHelp: () => void;
  onFrame?: (frame: Frame) => void;
}

export function View(props: Props) {
  const { model, cache, over, mode, opacity, title, name, className, clip, bare, onHelp, onFrame } = props;
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ frame: Frame; window: Window } | null>(null);
  const [trouble, setTrouble] = useState<Error | null>(null);
  const [area, setArea] = useState<Size>({ width: 1, height: 1 });
  const index = useModel(model, (s) => Math.min(s.index, cache.stack.count - 1));
  const histogram = useModel(model, (s) => s.histogram);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setArea({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  const framed = useCallback(
    (frame: Frame | null, window: Window) => {
      setShown(frame && { frame, window });
      if (frame) onFrame?.(frame);
    },
    [onFrame],
  );
  const key = useCallback(
    (event: KeyboardEvent, scene: Scene) => {
      if (event.key === "?") onHelp();
      else if (!press(event, scene)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    [onHelp],
  );
  const label = t("viewer.label", { name, n: index + 1, count: cache.stack.count });
  return (
    <div className={className ?? classes.pane} ref={box} data-testid={`view-${name}`}>
      <Pane
        model={model}
        cache={cache}
        over={over}
        mode={mode}
        opacity={opacity}
        label={label}
        onFrame={framed}
        onTrouble={setTrouble}
        onKey={key}
        clip={clip}
      />
      {shown && !bare && (
        <Overlay
          model={model}
          frame={shown.frame}
          window={shown.window}
          area={area}
          title={title}
          attributes={cache.stack.label(index)}
          count={cache.stack.count}
        />
      )}
      {shown && histogram && !bare && shown.frame.samples === 1 && (
        <HistogramChart frame={shown.frame} window={shown.window} />
      )}
      {!shown && !trouble && <div className={classes.message}>{t("viewer.loading", { n: index + 1 })}</div>}
      {trouble && (
        <div className={classes.message} role="alert">
          <strong>{t("viewer.failed")}</strong>
          <span>{trouble.message}</span>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setTrouble(null);
              model.set({});
            }}
          >
            {t("common.retry")}
          </Button>
        </div>
      )}
    </div>
  );
}
