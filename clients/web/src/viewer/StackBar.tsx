/** The bar below a stack: play, position and how much is loaded. */

import { ActionIcon, Slider, Tooltip } from "@mantine/core";
import { useEffect } from "react";
import { useT } from "../i18n";
import { Icon } from "../ui/icons";
import { type Model, useModel } from "./model";
import classes from "./viewer.module.css";

export function StackBar({ model, count }: { model: Model; count: number }) {
  const t = useT();
  const index = useModel(model, (s) => Math.min(s.index, count - 1));
  const cine = useModel(model, (s) => s.cine);
  const speed = useModel(model, (s) => s.framesPerSecond);
  useEffect(() => {
    if (!cine) return;
    const timer = setInterval(() => model.set({ index: (model.get().index + 1) % count }), 1000 / speed);
    return () => clearInterval(timer);
  }, [cine, speed, count, model]);
  return (
    <div className={classes.bar}>
      <Tooltip label={`${cine ? t("viewer.stop") : t("viewer.play")} (Space)`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={cine ? t("viewer.stop") : t("viewer.play")}
          onClick={() => model.set({ cine: !cine })}
        >
          <Icon name={cine ? "stop" : "play"} />
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.grow}
        min={0}
        max={count - 1}
        value={index}
        onChange={(value) => model.set({ index: value })}
        label={null}
        size="sm"
        thumbLabel={t("viewer.slider")}
        thumbProps={{ "aria-valuetext": t("viewer.slice", { n: index + 1, count }) }}
      />
      <span className={classes.count}>
        {index + 1} / {count}
      </span>
      {cine && (
        <Slider
          w={90}
          min={2}
          max={30}
          value={speed}
          onChange={(value) => model.set({ framesPerSecond: value })}
          label={(v) => `${v} /s`}
          size="sm"
          thumbLabel={t("viewer.speed")}
        />
      )}
    </div>
  );
}
