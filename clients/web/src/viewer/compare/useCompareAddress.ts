/** The address of a result tells how it is looked at: plane, way of comparing, windows, zoom, output. */

import { useEffect } from "react";
import type { Job } from "../../model";
import { navigate } from "../../router";
import { useServices } from "../../services";
import { lookOf, lookQuery } from "../panes/look";
import { imagesOf } from "../stack/useResult";
import { INITIAL, type Model, useModel } from "../state/model";
import type { CompareMode } from "./compareModes";

const MODES: readonly string[] = ["side", "swipe", "difference", "mask", "only"] satisfies CompareMode[];

/** Of a result on a scale of its own, what its own window adds to a name of an address. */
const OWN = "result.";
const HALF = 50;

/** What an address says of a result; `index`, the plane, is null if it says none. */
export function comparedAt(query: string) {
  const given = new URLSearchParams(query);
  const { frame, ...look } = lookOf(query);
  const mode = given.get("mode") ?? "";
  const own = [...given].flatMap(([name, value]) => (name.startsWith(OWN) ? [[name.slice(OWN.length), value]] : []));
  const { window = null, auto = false, invert = false } = lookOf(new URLSearchParams(own).toString());
  const share = (name: string) => {
    const found = Number(given.get(name) ?? HALF);
    return found >= 0 && found <= 100 ? found : HALF;
  };
  return {
    index: given.has("frame") ? frame : null,
    mode: MODES.includes(mode) ? (mode as CompareMode) : null,
    look,
    own: { window, auto, invert },
    output: given.get("output"),
    opacity: share("opacity"),
    swipe: share("swipe"),
  };
}

interface Compared {
  model: Model;
  /** The model of a result on a scale of its own. */
  apart: Model;
  /** null as long as nobody chose a mode. */
  picked: CompareMode | null;
  /** The output that is shown. */
  output: string | undefined;
  /** In percent. */
  opacity: number;
  swipe: number;
  planes: number;
  job: Job;
}

/** What of a comparison is not as it is first shown, as parameters of an address, without the look of both. */
export function comparedQuery({ apart, picked, output, opacity, swipe, job }: Omit<Compared, "model" | "planes">) {
  const { window, auto, invert } = apart.get();
  const own = Object.entries(lookQuery({ ...INITIAL, window, auto, invert }, 0));
  return {
    ...Object.fromEntries(own.map(([name, value]) => [OWN + name, value])),
    ...(picked ? { mode: picked } : {}),
    ...(output && output !== imagesOf(job)[0]?.name ? { output } : {}),
    ...(opacity === HALF ? {} : { opacity: String(opacity) }),
    ...(swipe === HALF ? {} : { swipe: String(swipe) }),
  };
}

/** Keeps the address of a result's page as it is looked at, and the plane for the way back to the series. */
export function useCompareAddress({ model, planes, ...compared }: Compared): void {
  const { series_id, volume } = compared.job.reference;
  const { looked } = useServices();
  useEffect(() => {
    // Of one volume of several, planes have other numbers than in the series.
    if (planes < 2 || !series_id || volume) return;
    return model.subscribe(() => looked.set(series_id, model.get().index));
  }, [model, planes, series_id, volume, looked]);
  const cine = useModel(model, (s) => s.cine);
  const look = useModel(model, (s) => JSON.stringify(lookQuery(s, s.index)));
  const more = useModel(compared.apart, () => JSON.stringify(comparedQuery(compared)));
  useEffect(() => {
    if (cine || planes === 0) return;
    const first = planes > 1 ? { frame: "1" } : {};
    const query = new URLSearchParams({ ...first, ...JSON.parse(look), ...JSON.parse(more) });
    const { pathname } = window.location;
    const timer = setTimeout(() => {
      // While another page is loaded, this one is still there.
      if (window.location.pathname === pathname)
        navigate(pathname + (query.size ? `?${query}` : ""), { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [look, more, cine, planes]);
}
