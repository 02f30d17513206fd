/** Windows to choose from: the file's own, one that spans the values, those for CT, and the user's own. */

import { Button, Menu } from "@mantine/core";
import { Suspense } from "react";
import { useT } from "../../i18n";
import { CT_PRESETS } from "../../imaging/values/window";
import { useObservable } from "../../observable";
import { lazy } from "../../ui/lazy";
import { hotkeys } from "../input/hotkeys";
import type { Model } from "../state/model";

const OwnWindows = lazy(() => import("./OwnWindows"));

export function PresetsMenu({ model, hounsfield }: { model: Model; hounsfield: boolean }) {
  const t = useT();
  const { autoWindow } = useObservable(hotkeys);
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" ml={6}>
          {t("viewer.presets")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => model.set({ window: null, auto: false })}>{t("viewer.default")}</Menu.Item>
        <Menu.Item onClick={() => model.set({ window: null, auto: true })} rightSection={autoWindow.toUpperCase()}>
          {t("viewer.auto")}
        </Menu.Item>
        {hounsfield &&
          CT_PRESETS.map(({ name, window }, i) => (
            <Menu.Item key={name} onClick={() => model.set({ window })} rightSection={String(i + 1)}>
              {t(`viewer.${name}`)}
            </Menu.Item>
          ))}
        <Suspense fallback={null}>
          <OwnWindows model={model} hounsfield={hounsfield} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
