/** The viewer's tools as buttons; each has a key as well. */

import { Button, Menu, Tooltip } from "@mantine/core";
import { type ReactNode, Suspense, useRef } from "react";
import { useT } from "../../i18n";
import { fitted, oneToOne } from "../../imaging/space/view";
import { useObservable } from "../../observable";
import { lazy } from "../../ui/lazy";
import { useRoving } from "../../ui/useRoving";
import { type ActionName, hotkeys } from "../input/hotkeys";
import { removeMeasurement } from "../measure/measuring";
import { FRESH, type Model, type Tool, useModel } from "../state/model";
import classes from "../viewer.module.css";
import { PresetsMenu } from "./PresetsMenu";
import { ToolbarAction } from "./ToolbarAction";
import type { ViewMenuProps } from "./ViewMenu";

const ViewMenu = lazy(() => import("./ViewMenu"));

interface Props extends Pick<ViewMenuProps, "onTags" | "onOriginal"> {
  model: Model;
  hounsfield: boolean;
  onHelp: () => void;
  /** Whether the list beside the viewer is shown, if there is a list. */
  list?: { shown: boolean; toggle: () => void };
  children?: ReactNode;
}

export function Toolbar({ model, hounsfield, onHelp, onTags, onOriginal, list, children }: Props) {
  const t = useT();
  const tool = useModel(model, (s) => s.tool);
  const invert = useModel(model, (s) => s.invert);
  const overlay = useModel(model, (s) => s.overlay);
  const histogram = useModel(model, (s) => s.histogram);
  const measured = useModel(model, (s) => s.measurements.some((one) => one.index === s.index) || s.pending !== null);
  const bar = useRef<HTMLDivElement>(null);
  const rove = useRoving(bar);
  const keys = useObservable(hotkeys);
  const hint = (action: ActionName) => keys[action].toUpperCase();
  const choose = (name: Tool) => (
    <ToolbarAction
      key={name}
      icon={name}
      label={t(`viewer.${name}`)}
      hint={hint(`${name}Tool`)}
      pressed={tool === name}
      onClick={() => model.set({ tool: name, pending: null })}
    />
  );
  return (
    <div ref={bar} className={classes.toolbar} role="toolbar" aria-label={t("viewer.tools")} onKeyDown={rove}>
      {list && (
        <ToolbarAction icon="list" label={list.shown ? t("browse.hide") : t("browse.show")} onClick={list.toggle} />
      )}
      {TOOLS.map(choose)}
      <ToolbarAction
        icon="trash"
        label={t("viewer.clear")}
        hint="Del"
        disabled={!measured}
        onClick={() => removeMeasurement(model)}
      />
      <PresetsMenu model={model} hounsfield={hounsfield} />
      <ToolbarAction
        icon="invert"
        label={t("viewer.invert")}
        hint={hint("invert")}
        pressed={invert}
        onClick={() => model.set({ invert: !invert })}
      />
      <ToolbarAction
        icon="fit"
        label={t("viewer.fit")}
        hint={hint("fit")}
        onClick={() => model.set({ view: fitted(model.get().view) })}
      />
      <Tooltip label={`${t("viewer.oneToOne")} (${hint("oneToOne")})`}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => model.set({ view: oneToOne(model.get().view) })}
        >
          {t("viewer.oneToOne")}
        </Button>
      </Tooltip>
      <ToolbarAction
        icon="text"
        label={t("viewer.overlay")}
        hint={hint("overlay")}
        pressed={overlay}
        onClick={() => model.set({ overlay: !overlay })}
      />
      <ToolbarAction
        icon="histogram"
        label={t("viewer.histogram")}
        hint={hint("histogram")}
        pressed={histogram}
        onClick={() => model.set({ histogram: !histogram })}
      />
      <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false} width={250}>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" color="gray">
            {t("view.menu")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense fallback={null}>
            <ViewMenu {...{ model, onTags, onOriginal }} viewer={() => panesOf(bar.current)} />
          </Suspense>
        </Menu.Dropdown>
      </Menu>
      <ToolbarAction icon="reset" label={t("viewer.reset")} hint={hint("reset")} onClick={() => model.set(FRESH)} />
      {children}
      <span style={{ flex: 1 }} />
      <ToolbarAction icon="help" label={t("viewer.help")} hint="?" onClick={onHelp} />
    </div>
  );
}

const TOOLS: readonly Tool[] = ["window", "scroll", "pan", "zoom", "point", "measure", "angle", "ellipse", "rectangle"];

/** What stands below the toolbar: the panes. */
const panesOf = (bar: HTMLElement | null) => bar?.nextElementSibling as HTMLElement | null;
