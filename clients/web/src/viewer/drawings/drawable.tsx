/** What of overlay planes and segmentations is loaded with the page: whether a stack may have any. */

import { type ComponentProps, Suspense } from "react";
import type { Stack } from "../../imaging/frame";
import { useSeries } from "../../queries/useArchive";
import { lazy } from "../../ui/lazy";

const Menu = lazy(() => import("./DrawingsMenu"));
const Layers = lazy(() => import("./DrawnOver"));
const Through = lazy(() => import("./DrawnThrough"));

export function useDrawable(stack: Stack | null): boolean {
  const { data } = useSeries(stack?.described ? stack.study : undefined);
  if (!stack?.described) return false;
  const overlaid = Array.from({ length: stack.count }, (_, index) => stack.described?.(index)?.overlays);
  return (
    overlaid.some(Boolean) || (data?.some((one) => one.modality === "SEG" && one.series_id !== stack.series) ?? false)
  );
}

export const DrawingsMenu = (props: ComponentProps<typeof Menu>) => (
  <Suspense fallback={null}>
    <Menu {...props} />
  </Suspense>
);

export const DrawnOver = (props: ComponentProps<typeof Layers>) => (
  <Suspense fallback={null}>
    <Layers {...props} />
  </Suspense>
);

export const DrawnThrough = (props: ComponentProps<typeof Through>) => (
  <Suspense fallback={null}>
    <Through {...props} />
  </Suspense>
);
