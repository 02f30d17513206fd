/** The address of a result tells how it is looked at: the plane, the way of comparing, window and zoom. */

import { useEffect } from "react";
import type { Reference } from "../../model";
import { navigate } from "../../router";
import { useServices } from "../../services";
import { lookOf, lookQuery } from "../panes/look";
import { type Model, useModel } from "../state/model";
import type { CompareMode } from "./compareModes";

const MODES: readonly string[] = ["side", "swipe", "difference", "mask", "only"] satisfies CompareMode[];

/** What an address says of a result; `index`, the plane, is null if it says none. */
export function comparedAt(query: string): { index: number | null; mode: CompareMode | null; look: Look } {
  const given = new URLSearchParams(query);
  const { frame, ...look } = lookOf(query);
  const mode = given.get("mode") ?? "";
  return {
    index: given.has("frame") ? frame : null,
    mode: MODES.includes(mode) ? (mode as CompareMode) : null,
    look,
  };
}
type Look = Omit<ReturnType<typeof lookOf>, "frame">;

/**
 * Keeps the address of a result's page as it is looked at, and the plane for the way back to the series; `picked` is null
 * as long as nobody chose a mode.
 */
export function useCompareAddress(
  model: Model,
  picked: CompareMode | null,
  planes: number,
  { series_id, volume }: Reference,
): void {
  const { looked } = useServices();
  useEffect(() => {
    // Of one volume of several, planes have other numbers than in the series.
    if (planes < 2 || !series_id || volume) return;
    return model.subscribe(() => looked.set(series_id, model.get().index));
  }, [model, planes, series_id, volume, looked]);
  const cine = useModel(model, (s) => s.cine);
  const look = useModel(model, (s) => JSON.stringify(lookQuery(s, s.index)));
  useEffect(() => {
    if (cine || planes === 0) return;
    const query = new URLSearchParams({ ...(planes > 1 ? { frame: "1" } : {}), ...JSON.parse(look) });
    if (picked) query.set("mode", picked);
    const { pathname } = window.location;
    const timer = setTimeout(() => {
      // While another page is loaded, this one is still there.
      if (window.location.pathname === pathname)
        navigate(pathname + (query.size ? `?${query}` : ""), { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [look, picked, cine, planes]);
}
