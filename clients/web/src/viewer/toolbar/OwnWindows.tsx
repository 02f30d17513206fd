/** The windows that the user keeps, below the presets; loaded when they are first opened. */

import { Menu } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../i18n";
import { useWords, type Words } from "../../i18n/words";
import { short } from "../../ui/format";
import { type Model, useModel } from "../state/model";
import { readWindows, withoutWindow, withWindow, writeWindows } from "./ownWindows";

const FULL: Words<"full"> = {
  en: { full: "This browser’s storage has no room for it." },
  it: { full: "La memoria di questo browser non ha posto." },
};

export default function OwnWindows({ model, hounsfield }: { model: Model; hounsfield: boolean }) {
  const t = useT();
  const window = useModel(model, (s) => s.window);
  const say = useWords(FULL);
  const [full, setFull] = useState(false);
  const [all, setAll] = useState(() => readWindows(localStorage));
  const shown = all.filter((one) => one.hounsfield === hounsfield);
  const now = window && { ...window, hounsfield };
  const isKept = now !== null && withWindow(all, now) === all;
  const change = (next: typeof all) => {
    const kept = writeWindows(localStorage, next);
    setFull(!kept);
    if (kept) setAll(next);
  };
  const text = (one: { center: number; width: number }) =>
    t("viewer.wl", { c: short(t, one.center), w: short(t, one.width) });
  return (
    <>
      {(shown.length > 0 || now) && <Menu.Label>{t("windows.own")}</Menu.Label>}
      {shown.map(({ center, width }) => (
        <Menu.Item key={`${center} ${width}`} onClick={() => model.set({ window: { center, width } })}>
          {text({ center, width })}
        </Menu.Item>
      ))}
      {now && (
        <Menu.Item closeMenuOnClick={false} onClick={() => change((isKept ? withoutWindow : withWindow)(all, now))}>
          {t(isKept ? "windows.forget" : "windows.keep", { window: text(now) })}
        </Menu.Item>
      )}
      {full && <Menu.Label role="alert">{say("full")}</Menu.Label>}
    </>
  );
}
