/** The menu in which layout and planes are chosen. */

import { Button, Menu } from "@mantine/core";
import { Suspense } from "react";
import { useT } from "../../i18n";
import { lazy } from "../../ui/lazy";
import type { PanesItemsProps } from "./PanesItems";

const PanesItems = lazy(() => import("./PanesItems"));

export function PanesMenu(props: PanesItemsProps) {
  const t = useT();
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false} width={250}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray">
          {t("panes.menu")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Suspense fallback={null}>
          <PanesItems {...props} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
