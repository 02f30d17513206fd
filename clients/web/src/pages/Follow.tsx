/** The address follows what is looked at. */

import { type RefObject, useEffect } from "react";
import { imagePath } from "../route";
import { navigate } from "../router";
import { useServices } from "../services";
import { type Model, useModel } from "../viewer/model";
import type { BrowseRoute } from "./Browse";

interface FollowProps {
  route: BrowseRoute;
  series?: string;
  model: Model;
  images?: readonly string[];
  followed: RefObject<string | undefined>;
}

/** Writes the shown image into the address, so that the user can share it. */
export function Follow({ route, series, model, images, followed }: FollowProps) {
  const image = useModel(model, (s) => images?.[s.index]);
  const cine = useModel(model, (s) => s.cine);
  const { study, image: addressed } = route;
  const known = addressed === undefined || images?.includes(addressed);
  const index = useModel(model, (s) => s.index);
  const { looked } = useServices();
  useEffect(() => {
    if (series && images) looked.set(series, index);
  }, [series, images, index, looked]);
  useEffect(() => {
    if (!study || !series || !image || image === addressed || cine || !known) return;
    const timer = setTimeout(() => {
      followed.current = image;
      navigate(imagePath(study, series, image), { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [study, series, image, addressed, cine, known, followed]);
  return null;
}
