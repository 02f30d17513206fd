/** One image on the screen: a canvas in the image's own pixels, laid out by the view. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import type { Size } from "../../imaging/space/view";
import type { Scene } from "../input/scene";
import { useHotkeys } from "../input/useHotkeys";
import type { FrameCache } from "../stack/cache";
import type { Model } from "../state/model";
import classes from "./canvas.module.css";
import type { Mode } from "./render";
import { useAreaSize } from "./useAreaSize";
import { type ShownPlane, usePainting } from "./usePainting";
import { useScene } from "./useScene";

/** What kept a plane from being shown. */
export interface Trouble {
  index: number;
  error: Error;
}

interface Props {
  model: Model;
  cache: FrameCache;
  /** The second image of a difference, or the mask over the image. */
  over?: FrameCache;
  mode?: Mode;
  opacity?: number;
  label: string;
  /** Called when a plane is painted. */
  onPainted?: () => void;
  /** Called if the plane that is looked at failed, and with null once another is looked at or it is here. */
  onTrouble?: (trouble: Trouble | null) => void;
  /** Another number requests a plane that failed again. */
  attempt?: number;
  onKey?: (event: KeyboardEvent, scene: Scene) => void;
  clip?: number;
  /** Whether its keys work wherever the focus is: of several panes, one. */
  main?: boolean;
  /** Called with a point of the image to which the linked panes shall go. */
  onPoint?: (point: Point) => void;
}

export function Pane(props: Props) {
  const { model, cache, over, mode = "image", opacity = 0.5, label, onPainted, onTrouble, onKey, clip } = props;
  const { attempt = 0, main = false, onPoint } = props;
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useRef<Size>({ width: 1, height: 1 });
  const shown = useRef<ShownPlane | null>(null);
  const painted = useRef("");
  /** The plane that was requested because it is looked at. */
  const requested = useRef<string | null>(null);
  const [waiting, setWaiting] = useState(true);
  const { motion } = cache.stack;

  const { layOut, draw } = usePainting({ canvas, shown, size, painted, model, mode, opacity, onPainted });

  /** Takes away the plane before: it is never shown under another's number. */
  const clear = useCallback(() => {
    shown.current = null;
    painted.current = "";
    if (canvas.current) {
      canvas.current.style.visibility = "hidden";
      delete canvas.current.dataset.index;
    }
    setWaiting(true);
  }, []);

  const update = useCallback(() => {
    const index = Math.min(model.get().index, cache.stack.count - 1);
    const other = over && Math.min(index, over.stack.count - 1);
    const [frame, second] = [cache.peek(index), other === undefined ? null : (over?.peek(other) ?? null)];
    const look = () => {
      cache.lookAt(index);
      if (other !== undefined) over?.lookAt(other);
    };
    if (frame && (!over || second)) {
      if (shown.current?.frame !== frame || shown.current.second !== second) {
        const paint = (coarse: Frame | null) => {
          painted.current = "";
          shown.current = { frame, second, index, coarse };
          draw();
        };
        requested.current = null;
        setWaiting(false);
        onTrouble?.(null);
        look();
        // The window that spans a plane's values is known once all of them are.
        if (frame.computed && motion) motion.show(frame.computed, model.get().auto, paint);
        else paint(null);
      } else draw();
      return;
    }
    const request = `${attempt}/${index}`;
    if (requested.current === request) return;
    requested.current = request;
    clear();
    onTrouble?.(null);
    look();
    Promise.all([cache.load(index), other === undefined ? null : over?.load(other)]).catch((error: Error) => {
      // A plane that is no longer looked at keeps its error for itself.
      if (requested.current === request && error.name !== "AbortError") onTrouble?.({ index, error });
    });
  }, [model, cache, over, attempt, draw, clear, onTrouble, motion]);

  // Changes are gathered until the screen's next frame: a fast mouse reports more often than the screen draws.
  useEffect(() => {
    let asked = 0;
    const schedule = () => {
      if (!asked) {
        asked = requestAnimationFrame(() => {
          asked = 0;
          update();
        });
      }
    };
    const stops = [model.subscribe(schedule), cache.subscribe(schedule), over?.subscribe(schedule)];
    update();
    return () => {
      cancelAnimationFrame(asked);
      motion?.stop();
      for (const stop of stops) stop?.();
    };
  }, [model, cache, over, update, motion]);

  useAreaSize({ area, size, layOut, model });

  const scene = useScene({ area, shown, size, model, cache, onPoint, onKey });
  useHotkeys(scene, main);

  return (
    <div
      ref={area}
      id={main ? "image" : undefined}
      className={classes.area}
      role="application"
      aria-label={label}
      aria-busy={waiting}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keyboard
      tabIndex={0}
      data-waiting={waiting || undefined}
      style={clip === undefined ? undefined : { clipPath: `inset(0 0 0 ${clip}%)` }}
    >
      <canvas ref={canvas} className={classes.canvas} width={1} height={1} />
    </div>
  );
}
