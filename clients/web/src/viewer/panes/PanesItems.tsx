/** The choices of layout and planes, loaded when the menu is first opened. */

import { Menu } from "@mantine/core";
import { useMemo } from "react";
import { useT } from "../../i18n";
import type { Stack } from "../../imaging/frame";
import { refusalOf } from "../../imaging/volume/refusal";
import { Icon } from "../../ui/icons";
import { type Layout, STORED, THREE_PLANES, withPane } from "./layout";
import { refusalText } from "./refusalText";

export interface PanesItemsProps {
  layout: Layout;
  onLayout: (layout: Layout) => void;
  /** The pane that is chosen, and its stack as it is stored. */
  active: number;
  stack: Stack;
}

const COUNTS = [1, 2, 4] as const;
const PLANES = ["stored", "axial", "coronal", "sagittal"] as const;

export default function PanesItems({ layout, onLayout, active, stack }: PanesItemsProps) {
  const t = useT();
  const refusal = useMemo(() => refusalOf(stack), [stack]);
  const shown = layout.panes[active]?.plane;
  return (
    <>
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
    </>
  );
}

/** Marks what is chosen. */
const mark = (chosen: boolean) => ({
  "aria-current": chosen || undefined,
  rightSection: chosen ? <Icon name="check" size={14} /> : undefined,
});
