/** How many panes there are, and which planes the chosen one shows. */

import { Button, Menu } from "@mantine/core";
import { useMemo } from "react";
import { type Translate, useT } from "../../i18n";
import type { Stack } from "../../imaging/frame";
import { type Refusal, refusalOf } from "../../imaging/volume/refusal";
import { Icon } from "../../ui/icons";
import { noVolume } from "../../ui/message";
import { type Layout, STORED, THREE_PLANES, withPane } from "./layout";

interface Props {
  layout: Layout;
  onLayout: (layout: Layout) => void;
  /** The pane that is chosen, and its stack as it is stored. */
  active: number;
  stack: Stack;
}

const COUNTS = [1, 2, 4] as const;
const PLANES = ["stored", "axial", "coronal", "sagittal"] as const;

export function PanesMenu({ layout, onLayout, active, stack }: Props) {
  const t = useT();
  const refusal = useMemo(() => refusalOf(stack), [stack]);
  const shown = layout.panes[active]?.plane;
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false} width={250}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray">
          {t("panes.menu")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("panes.layout")}</Menu.Label>
        {COUNTS.map((count) => (
          <Menu.Item key={count} {...mark(layout.count === count)} onClick={() => onLayout({ ...layout, count })}>
            {t(`panes.count${count}`)}
          </Menu.Item>
        ))}
        <Menu.Item disabled={refusal !== null} onClick={() => onLayout({ ...THREE_PLANES, linked: layout.linked })}>
          {t("panes.three")}
        </Menu.Item>
        <Menu.Item
          disabled={layout.count === 1}
          {...mark(layout.linked)}
          onClick={() => onLayout({ ...layout, linked: !layout.linked })}
        >
          {t("panes.linked")}
        </Menu.Item>
        <Menu.Label>{layout.count > 1 ? t("panes.planeOf", { n: active + 1 }) : t("panes.plane")}</Menu.Label>
        {PLANES.map((plane) => (
          <Menu.Item
            key={plane}
            disabled={plane !== "stored" && refusal !== null}
            {...mark(shown === plane)}
            onClick={() =>
              onLayout(withPane(layout, active, { plane, tilt: 0, turn: 0, slab: STORED.slab, begin: undefined }))
            }
          >
            {t(`panes.${plane}`)}
          </Menu.Item>
        ))}
        {refusal && (
          <Menu.Label data-testid="noVolume">
            {t("panes.noVolume")} {refusalText(t, refusal)}
          </Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Marks what is chosen. */
const mark = (chosen: boolean) => ({
  "aria-current": chosen || undefined,
  rightSection: chosen ? <Icon name="check" size={14} /> : undefined,
});

/** Why a stack is no volume, in words. */
export function refusalText(t: Translate, refusal: Refusal): string {
  return "fault" in refusal ? t(`volume.${refusal.fault}`) : noVolume(t, refusal.code, refusal.sentence);
}
