/** The way to add images, fetched only where the archive takes them. */

import { lazy, Suspense } from "react";
import { useServices } from "../services";

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
