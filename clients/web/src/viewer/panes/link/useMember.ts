/** What a pane shows as a member of the link, and for the address the plane that is looked at and how. */

import { useEffect, useRef } from "react";
import type { Model } from "../../state/model";
import { beginOf, beginWords } from "../begin";
import type { SlotProps } from "../slotProps";
import type { Base } from "../useBase";

/** The models that have a plane already. */
const known = new WeakSet<Model>();

type Props = Pick<SlotProps, "n" | "choice" | "link" | "onShown" | "places"> & { shown: Base | null };

export function useMember({ n, shown, choice, link, onShown, places }: Props): void {
  const [begun, own] = [useRef(false), choice.plane !== "stored" || choice.source.kind !== "open"];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is shown first begins with a plane of the address
  useEffect(() => {
    if (!shown) return;
    const { model, stack, cut } = shown;
    const begin = own && !begun.current ? beginOf(choice.begin) : {};
    const begins = begin.index !== undefined;
    begun.current = true;
    model.set(begin);
    if (begins) model.set({ index: Math.min(model.get().index, stack.count - 1) });
    // At its ends a volume seldom shows anything; linked planes then go to where the others are.
    else if (cut && !known.has(model)) model.set({ index: Math.floor((stack.count - 1) / 2) });
    known.add(model);
    const leave = link.join({ model, stack, kind: shown.kind }, begins);
    onShown(n, { ...shown, unit: "" });
    return () => {
      leave();
      onShown(n, null);
    };
  }, [link, shown, n, onShown]);
  useEffect(() => {
    if (!shown || !own) return;
    const note = () => {
      const words = beginWords(shown.model.get());
      if (places.get()[n] !== words) places.set({ [n]: words });
    };
    note();
    const stop = shown.model.subscribe(note);
    return () => {
      stop();
      places.set({ [n]: undefined });
    };
  }, [shown, own, n, places]);
}
