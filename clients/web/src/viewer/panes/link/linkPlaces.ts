/** Where linked panes are: the planes nearest to a point, and views of the same size in mm. */

import type { Outline, Stack } from "../../../imaging/frame";
import type { Vec3 } from "../../../imaging/space/geometry";
import { inPlace } from "../../../imaging/space/view";
import { middleOf, normalOf } from "../../../imaging/volume/crossLine";
import { dot, minus, plus, scale } from "../../../imaging/volume/grid";
import type { ViewerState } from "../../state/model";
import type { Member } from "./member";

/** The outline of a plane of which the place is known. */
export function outlineOf({ stack }: Pick<Member, "stack">, index: number): Outline | null {
  const found = stack.outline?.(Math.min(index, stack.count - 1)) ?? null;
  return found?.geometry.position && found.geometry.orientation ? found : null;
}

/** Whether places in two stacks mean the same: files that name different frames of reference deny it (PS3.3 C.7.4.1). */
export function isComparable(one: Stack, other: Stack): boolean {
  const [a, b] = [one.frameOfReference, other.frameOfReference];
  return !a || !b || a === b;
}

/** The focus, brought onto a member's plane along its normal; the middle of the plane if there was none. */
export function moved(focus: Vec3 | null, member: Member, index: number): Vec3 | null {
  const outline = outlineOf(member, index);
  const [middle, normal] = [outline && middleOf(outline), outline && normalOf(outline.geometry)];
  if (!middle || !normal || !focus) return middle;
  return plus(focus, scale(normal, dot(normal, minus(middle, focus))));
}

/** The plane of a stack that is nearest to a point; of planes at one place, the one that is shown. */
export function nearestTo(point: Vec3, stack: Stack, shown: number): number | null {
  let [found, least] = [null as number | null, Number.POSITIVE_INFINITY];
  const order = [Math.min(shown, stack.count - 1), ...Array.from({ length: stack.count }, (_, index) => index)];
  for (const index of order) {
    const geometry = outlineOf({ stack }, index)?.geometry;
    const normal = geometry && normalOf(geometry);
    if (!geometry?.position || !normal) continue;
    const away = Math.abs(dot(normal, minus(point, geometry.position)));
    if (away < least - 1e-6) [found, least] = [index, away];
  }
  return found;
}

/** A view of one member for another: as many screen pixels for a millimetre, if both know theirs. */
export function viewFor(from: Member, to: Member, view: ViewerState["view"]): ViewerState["view"] {
  const [own, other] = [from, to].map((one) => outlineOf(one, one.model.get().index)?.geometry.spacing?.[1]);
  const zoom = view.zoom && own && other ? (view.zoom * other) / own : view.zoom;
  // Planes that lie otherwise are not turned along.
  return inPlace(from.stack.id === to.stack.id ? view : to.model.get().view, { ...view, zoom });
}
