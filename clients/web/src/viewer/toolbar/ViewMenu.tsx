/** How an image is turned, drawn and coloured, and what of it can be kept; loaded when it is first opened. */

import { Menu } from "@mantine/core";
import { useT } from "../../i18n";
import { flipped, turned, type View } from "../../imaging/space/view";
import { COLOUR_MAPS } from "../../imaging/values/colourMaps";
import { useObservable } from "../../observable";
import { Icon } from "../../ui/icons";
import { saveBlob } from "../../ui/save";
import { pictureOf } from "../canvas/picture";
import { hotkeys } from "../input/hotkeys";
import { type Model, useModel } from "../state/model";

export interface ViewMenuProps {
  model: Model;
  /** What holds the panes. */
  viewer: () => HTMLElement | null;
  /** Of an image of the archive: opens its attributes, and downloads it. */
  onTags?: () => void;
  onOriginal?: () => void;
}

export default function ViewMenu({ model, viewer, onTags, onOriginal }: ViewMenuProps) {
  const t = useT();
  const keys = useObservable(hotkeys);
  const smooth = useModel(model, (s) => s.smooth);
  const colours = useModel(model, (s) => s.colours);
  const look = (change: (view: View) => View) => () => model.set({ view: change(model.get().view) });
  const savePicture = async () => {
    const panes = viewer();
    if (panes) saveBlob(await pictureOf(panes), "view.png");
  };
  return (
    <>
      <Menu.Item rightSection={keys.turn.toUpperCase()} onClick={look((view) => turned(view, 1))}>
        {t("view.turnRight")}
      </Menu.Item>
      <Menu.Item onClick={look((view) => turned(view, 3))}>{t("view.turnLeft")}</Menu.Item>
      <Menu.Item rightSection={keys.flipSides.toUpperCase()} onClick={look((view) => flipped(view, false))}>
        {t("view.flipSides")}
      </Menu.Item>
      <Menu.Item rightSection={keys.flipUpright.toUpperCase()} onClick={look((view) => flipped(view, true))}>
        {t("view.flipUpright")}
      </Menu.Item>
      <Menu.Item {...mark(smooth)} onClick={() => model.set({ smooth: !smooth })}>
        {t("view.smooth")}
      </Menu.Item>
      <Menu.Label>{t("view.colours")}</Menu.Label>
      {COLOUR_MAPS.map((map) => (
        <Menu.Item key={map} {...mark(colours === map)} onClick={() => model.set({ colours: map })}>
          {t(`view.colours.${map}`)}
        </Menu.Item>
      ))}
      <Menu.Label>{t("view.keep")}</Menu.Label>
      <Menu.Item onClick={() => void savePicture()}>{t("view.picture")}</Menu.Item>
      {onOriginal && <Menu.Item onClick={onOriginal}>{t("view.original")}</Menu.Item>}
      {onTags && <Menu.Item onClick={onTags}>{t("view.tags")}</Menu.Item>}
    </>
  );
}

/** Marks what is chosen. */
const mark = (chosen: boolean) => ({
  "aria-current": chosen || undefined,
  rightSection: chosen ? <Icon name="check" size={14} /> : undefined,
});
