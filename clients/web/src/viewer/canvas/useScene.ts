/** What pointer and keys act on: the plane that a pane shows. */

import { type RefObject, useEffect, useMemo } from "react";
import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import type { Size } from "../../imaging/space/view";
import { attach } from "../input/gestures";
import type { Scene } from "../input/scene";
import type { FrameCache } from "../stack/cache";
import type { Model } from "../state/model";
import { chosenWindow, defaultWindow } from "../state/window";

interface Props {
  area: RefObject<HTMLElement | null>;
  /** The plane that is painted. */
  shown: RefObject<{ frame: Frame } | null>;
  size: RefObject<Size>;
  model: Model;
  cache: FrameCache;
  onPoint?: (point: Point) => void;
  onKey?: (event: KeyboardEvent, scene: Scene) => void;
}

export function useScene({ area, shown, size, model, cache, onPoint, onKey }: Props): Scene {
  const scene = useMemo<Scene>(
    () => ({
      model,
      frame: () => shown.current?.frame ?? null,
      shownWindow: () => {
        const frame = shown.current?.frame;
        return frame
          ? (chosenWindow(frame, model.get()) ?? defaultWindow(frame))
          : (model.get().window ?? { center: 0, width: 1 });
      },
      valueRange: () => (shown.current ? Math.max(defaultWindow(shown.current.frame).width * 1.5, 16) : 256),
      count: () => cache.stack.count,
      area: () => size.current,
      onPoint,
    }),
    [model, cache, onPoint, shown, size],
  );
  // In an effect apart from the keys, so that a new `onKey` does not end a drag in progress.
  useEffect(() => (area.current ? attach(area.current, scene) : undefined), [scene, area]);
  useEffect(() => {
    const element = area.current;
    const key = (event: KeyboardEvent) => onKey?.(event, scene);
    element?.addEventListener("keydown", key);
    return () => element?.removeEventListener("keydown", key);
  }, [scene, onKey, area]);
  return scene;
}
