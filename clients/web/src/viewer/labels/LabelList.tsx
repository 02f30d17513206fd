/** The labels that are shown: on and off, colour, name, volume, and a way to each. */

import { Button } from "@mantine/core";
import { useMemo } from "react";
import { type Translate, useT } from "../../i18n";
import { useWords } from "../../i18n/words";
import type { MetaImage } from "../../imaging/files/metaimage";
import { cssColour, shownColour } from "../../imaging/values/colour";
import { type LabelFigure, type Layer, labelFigures, RAISED, raisedLook, voxelSize } from "../../imaging/values/labels";
import { decimal } from "../../ui/format";
import { labelText } from "../canvas/Readout";
import { words } from "../measure/words";
import { type Model, useModel } from "../state/model";
import viewer from "../viewer.module.css";
import classes from "./labels.module.css";

export type ShownLayer = Layer & { image: MetaImage };

interface Props {
  model: Model;
  layers: readonly ShownLayer[];
  /** Takes a result away; the first one stays. */
  onRemove: (at: number) => void;
}

export function LabelList({ model, layers, onRemove }: Props) {
  const t = useT();
  const say = useWords(words);
  const { hidden, outline } = useModel(model, (s) => s.labels);
  const all = useMemo(
    () =>
      layers.flatMap((layer, at) =>
        figuresOf(t, layer).map((one) => ({ ...one, layer, at, id: at * RAISED + one.label })),
      ),
    [layers, t],
  );
  const set = (ids: readonly number[]) => model.set({ labels: { hidden: ids, outline } });
  return (
    <div className={classes.labelBar}>
      {all.length > 0 && (
        <div className={viewer.bar}>
          <Button
            size="compact-xs"
            variant={outline ? "filled" : "default"}
            aria-pressed={outline}
            onClick={() => model.set({ labels: { hidden, outline: !outline } })}
          >
            {t("labels.outline")}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => set(hidden.length ? [] : all.map(({ id }) => id))}>
            {t(hidden.length ? "labels.showAll" : "labels.hideAll")}
          </Button>
          {layers.slice(1).map((layer, n) => (
            <Button key={layer.stack.id} size="compact-xs" variant="subtle" onClick={() => onRemove(n + 1)}>
              {t("labels.remove", { title: layer.title })}
            </Button>
          ))}
        </div>
      )}
      <ul className={`${viewer.bar} ${classes.labels}`} aria-label={t("result.labels")} data-testid="labels">
        {all.length === 0 && <li className={viewer.count}>{t("result.noLabels")}</li>}
        {all.map(({ id, label, layer, at, amount, plane }) => {
          const looks = at === 0 ? layer.looks : new Map([[id, raisedLook(layer, at, label)]]);
          const name = labelText(t, id, looks);
          const off = hidden.includes(id);
          return (
            <li key={id} className={viewer.count}>
              <button
                type="button"
                className={classes.label}
                aria-pressed={!off}
                title={t(off ? "labels.show" : "labels.hide", { name })}
                onClick={() => set(off ? hidden.filter((one) => one !== id) : [...hidden, id])}
              >
                <span className={viewer.swatch} style={{ background: cssColour(shownColour(id, 1, looks)) }} /> {name}
              </button>
              <span>{amount}</span>
              {layer.stack.count > 1 && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t("labels.goTo", { name, n: plane + 1 })}
                  onClick={() => model.set({ index: plane })}
                >
                  {say("plane", { n: plane + 1 })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The labels of a result with their amounts in words: ml, mm² or, if the file tells no lengths, pixels. */
function figuresOf(t: Translate, { stack, image }: ShownLayer) {
  const size = voxelSize(stack);
  const found = FIGURES.get(image) ?? labelFigures(image.values, image.rows * image.columns);
  FIGURES.set(image, found);
  return found.map((one) => {
    const amount = one.voxels * (size?.size ?? 1);
    return {
      ...one,
      amount: `${decimal(t, Number.isInteger(amount) ? amount : amount.toPrecision(4))} ${size?.unit ?? "px"}`,
    };
  });
}
const FIGURES = new WeakMap<MetaImage, LabelFigure[]>();
