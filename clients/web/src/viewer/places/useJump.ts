/** Goes to the plane of the place that is chosen in the list. */

import { useEffect } from "react";
import { middleOf } from "../../imaging/space/places";
import type { Job } from "../../model";
import { useObservable } from "../../observable";
import type { Model } from "../state/model";
import { nearestPlane, type Planes } from "./planes";
import { type PlaceChoices, usePlaces } from "./usePlaces";

export function useJump(job: Job, model: Model, planes: Planes | null, choices: PlaceChoices): void {
  const lists = usePlaces(job);
  const { chosen } = useObservable(choices);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each choice, whatever is loaded afterwards
  useEffect(() => {
    const place = lists.find(({ port }) => port === chosen?.port)?.places[chosen?.n ?? -1];
    const index = place && planes && nearestPlane(planes, middleOf(place.at));
    if (index !== null && index !== undefined) model.set({ index });
  }, [chosen]);
}
