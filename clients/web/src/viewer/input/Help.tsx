/** The help sheet, loaded when it is first opened. */

import { Suspense, useState } from "react";
import { lazy } from "../../ui/lazy";

const HelpSheet = lazy(() => import("./HelpSheet"));

export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  return wanted ? (
    <Suspense fallback={null}>
      <HelpSheet opened={opened} onClose={onClose} />
    </Suspense>
  ) : null;
}
