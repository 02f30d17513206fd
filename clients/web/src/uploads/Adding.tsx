/** The way to add images, fetched only where the archive takes them. */

import { Suspense } from "react";
import { useServices } from "../services";
import { lazy } from "../ui/lazy";

const Uploads = lazy(() => import("./Uploads"));

export function Adding() {
  const { config } = useServices();
  if (!config.uploads) return null;
  return (
    <Suspense>
      <Uploads />
    </Suspense>
  );
}
