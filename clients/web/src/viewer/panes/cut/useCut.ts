/** Planes cut through the volume of a stack, once it is loaded. */

import { useEffect, useMemo, useState } from "react";
import { cutOf } from "../../../imaging/volume/cut";
import { observable, useObservable } from "../../../observable";
import type { FrameCache } from "../../stack/cache";
import { useCache } from "../../stack/useCache";
import { createModel } from "../../state/model";
import { beginOf } from "../begin";
import type { PaneChoice } from "../layout";
import type { Base } from "../useBase";
import { cutStack } from "./cutStack";
import { createMotion } from "./motion";
import { NOTHING, volumeIn } from "./volume";

const NONE = observable(NOTHING);

export function useCut(base: Base, choice: PaneChoice) {
  const { plane, tilt, turn, slab } = choice;
  const cut = plane !== "stored";
  const [attempt, setAttempt] = useState(0);
  const loaded = useObservable(useLoad(base.cache, cut, attempt));
  // Planes that are tilted or turned move as well.
  const [motion] = useState(() => createMotion());
  const made = useMemo(() => {
    const { volume, like } = loaded;
    if (plane === "stored" || !volume || !like) return null;
    const through = cutOf(volume, plane, tilt, turn);
    return { through, stack: cutStack({ stack: base.stack, volume, like }, through, slab, motion) };
  }, [base.stack, loaded, plane, tilt, turn, slab, motion]);
  const stack = made?.stack ?? null;
  const cache = useCache(stack);
  // Of its own: the number of a plane means another place here, and so do points.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other planes start afresh
  const model = useMemo(() => createModel(beginOf(choice.begin)), [base, plane]);
  const { id } = stack ?? {};
  useEffect(() => {
    if (id) model.set({ measurements: [], removed: [], selected: null, pending: null });
  }, [id, model]);
  const shown = useMemo<Base | null>(
    () => (cut ? stack && cache && { ...base, source: base.stack, cut: made?.through, stack, cache, model } : base),
    [cut, made, stack, cache, base, model],
  );
  return { shown, loaded, again: () => setAttempt(attempt + 1) };
}

function useLoad(cache: FrameCache, wanted: boolean, attempt: number) {
  const [load, setLoad] = useState(() => NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt begins a load that failed again
  useEffect(() => setLoad(() => (wanted ? volumeIn(cache) : NONE)), [cache, wanted, attempt]);
  return load;
}
