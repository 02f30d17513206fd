/** The address follows what is looked at. */

import { type RefObject, useEffect } from "react";
import type { Stack } from "../../imaging/frame";
import { type Observable, useObservable } from "../../observable";
import type { BrowseRoute } from "../../route";
import { imagePath, parse } from "../../route";
import { navigate } from "../../router";
import { useServices } from "../../services";
import { type Layout, layoutQuery, type Places } from "../../viewer/panes/layout";
import { lookQuery } from "../../viewer/panes/look";
import { type Model, useModel } from "../../viewer/state/model";

interface FollowProps {
  route: BrowseRoute;
  series?: string;
  /** The volume of the series that alone is looked at. */
  volume: string | undefined;
  model: Model;
  layout: Layout;
  places: Observable<Places>;
  stack: (Stack & { images: readonly string[] }) | null;
  /** The address that was written last. */
  followed: RefObject<string | undefined>;
}

/** Writes the shown image, how it is looked at and the panes into the address, so that the user can share it. */
export function Follow({ route, series, volume, model, layout, places, stack, followed }: FollowProps) {
  const index = useModel(model, (s) => s.index);
  const cine = useModel(model, (s) => s.cine);
  const look = useModel(model, (s) => JSON.stringify(lookQuery(s, stack?.place(s.index).frame ?? 0)));
  const panes = JSON.stringify(layoutQuery(layout, useObservable(places)));
  const { study, image: addressed } = route;
  const image = stack?.images[index];
  const known = addressed === undefined || stack?.images.includes(addressed);
  const { looked } = useServices();
  useEffect(() => {
    if (series && stack) looked.set(series, index);
  }, [series, stack, index, looked]);
  useEffect(() => {
    if (!study || !series || !image || cine || !known) return;
    const query = new URLSearchParams({ ...(volume ? { volume } : {}), ...JSON.parse(look), ...JSON.parse(panes) });
    const address = imagePath(study, series, image) + (query.size ? `?${query}` : "");
    const timer = setTimeout(() => {
      // While another page is loaded, this one is still there.
      if (parse(window.location.pathname).page !== "browse") return;
      followed.current = address;
      navigate(address, { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [study, series, volume, image, look, panes, cine, known, followed]);
  return null;
}
