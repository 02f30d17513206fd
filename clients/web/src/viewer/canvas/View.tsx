/** A pane with the text over it, and a sentence while it loads or if it fails. */

import { Button } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import type { Size } from "../../imaging/space/view";
import { message } from "../../ui/message";
import { press } from "../input/keys";
import type { Scene } from "../input/scene";
import type { FrameCache } from "../stack/cache";
import { usePlane } from "../stack/usePlane";
import { type Model, useModel } from "../state/model";
import { chosenWindow, defaultWindow } from "../state/window";
import classes from "../viewer.module.css";
import { Overlay } from "./Overlay";
import { Pane, type Trouble } from "./Pane";
import { PlaneChart } from "./PlaneChart";
import type { Mode } from "./render";

interface Props {
  model: Model;
  cache: FrameCache;
  /** The second image of a difference, or the mask over the image. */
  over?: FrameCache;
  mode?: Mode;
  opacity?: number;
  title: string;
  name: string;
  className?: string;
  clip?: number;
  /** The image below this one, of which the readout tells, too. */
  below?: FrameCache;
  /** Whether it shows the text; the lower one of two stacked panes does not. */
  bare?: boolean;
  /** Whether its keys work wherever the focus is: of several views, one. */
  main?: boolean;
  onHelp: () => void;
  /** Called with the plane that is looked at, once it is here. */
  onFrame?: (frame: Frame) => void;
  onPainted?: () => void;
  onTrouble?: (trouble: Trouble | null) => void;
  /** Called with a point of the image to which the linked panes shall go. */
  onPoint?: (point: Point) => void;
  /** What else is drawn over a plane. */
  drawn?: (frame: Frame, area: Size) => ReactNode;
}

export function View(props: Props) {
  const { model, cache, over, mode = "image", opacity, title, name, className, clip, below, bare, main } = props;
  const { onHelp, onFrame, onPainted, onTrouble, onPoint, drawn } = props;
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [area, setArea] = useState<Size>({ width: 1, height: 1 });
  const index = useModel(model, (s) => Math.min(s.index, cache.stack.count - 1));
  const histogram = useModel(model, (s) => s.histogram);
  // What is written over the image is taken from where the image is taken from, so that both always agree.
  const frame = usePlane(cache, index);
  const second = usePlane(over ?? below, index) ?? null;
  const chosen = useModel(model, (s) => (frame ? chosenWindow(frame, s) : null));
  const here = frame !== undefined && (!over || second !== null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setArea({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (frame) onFrame?.(frame);
  }, [frame, onFrame]);
  const troubled = useCallback(
    (found: Trouble | null) => {
      setTrouble(found);
      onTrouble?.(found);
    },
    [onTrouble],
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
        attempt={attempt}
        onPainted={onPainted}
        onTrouble={troubled}
        onKey={key}
        clip={clip}
        main={main}
        onPoint={onPoint}
      />
      {here && drawn?.(frame, area)}
      {here && !bare && (
        <Overlay
          model={model}
          frame={frame}
          second={second}
          mode={below ? "beside" : mode}
          window={chosen ?? defaultWindow(frame)}
          area={area}
          title={title}
          attributes={cache.stack.label(index)}
          count={cache.stack.count}
        />
      )}
      {here && histogram && !bare && frame.samples === 1 && <PlaneChart {...{ model, frame, second, mode }} />}
      {!here && !bare && trouble?.index !== index && (
        <div className={classes.message} role="status" data-testid="waiting">
          {t("viewer.loading", { n: index + 1 })}
        </div>
      )}
      {!here && trouble?.index === index && (
        <div className={classes.message} role="alert">
          <strong>{t("viewer.failedPlane", { n: index + 1 })}</strong>
          <span>{message(t, trouble.error)}</span>
          <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
            {t("common.retry")}
          </Button>
        </div>
      )}
    </div>
  );
}
