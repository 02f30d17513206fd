/** Direction and thickness of the planes that the chosen pane cuts. */

import { SegmentedControl, Slider } from "@mantine/core";
import { useT } from "../../../i18n/index";
import type { SlabKind } from "../../../imaging/volume/slab";
import { decimal } from "../../../ui/format";
import viewer from "../../viewer.module.css";
import type { PaneChoice } from "../layout";
import classes from "../panes.module.css";

interface Props {
  choice: PaneChoice;
  onChange: (change: Partial<PaneChoice>) => void;
}

const KINDS = ["none", "max", "min", "mean"] as const;
const MOST_MM = 50;

export function PlaneBar({ choice: { tilt, turn, slab }, onChange }: Props) {
  const t = useT();
  return (
    <div className={`${viewer.bar} ${viewer.wrapped}`} data-testid="planeBar">
      <SegmentedControl
        size="xs"
        aria-label={t("slab.kind")}
        value={slab.kind}
        onChange={(kind) => onChange({ slab: { ...slab, kind: kind as SlabKind } })}
        data={KINDS.map((value) => ({ value, label: t(`slab.${value}`) }))}
      />
      {slab.kind !== "none" && (
        <Amount
          name={t("slab.thickness")}
          text={`${decimal(t, slab.mm)} mm`}
          {...{ min: 1, max: MOST_MM, value: slab.mm }}
          onChange={(mm) => onChange({ slab: { ...slab, mm } })}
        />
      )}
      <Amount
        name={t("panes.tilt")}
        text={`${tilt}°`}
        {...{ min: -90, max: 90, value: tilt }}
        onChange={(value) => onChange({ tilt: value })}
      />
      <Amount
        name={t("panes.turn")}
        text={`${turn}°`}
        {...{ min: -90, max: 90, value: turn }}
        onChange={(value) => onChange({ turn: value })}
      />
    </div>
  );
}

interface AmountProps {
  name: string;
  text: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ name, text, min, max, value, onChange }: AmountProps) {
  return (
    <span className={classes.amount}>
      <span className={viewer.count}>
        {name} {text}
      </span>
      <Slider
        className={viewer.grow}
        size="sm"
        {...{ min, max, value, onChange }}
        label={null}
        thumbLabel={name}
        thumbValueText={text}
      />
    </span>
  );
}
