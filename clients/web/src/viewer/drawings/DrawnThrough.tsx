/** Segments on a plane that is cut through the volume for which they were made. */

import { useT } from "../../i18n";
import { useWords } from "../../i18n/words";
import type { Frame, Stack } from "../../imaging/frame";
import type { Size } from "../../imaging/space/view";
import type { Cut } from "../../imaging/volume/cut";
import { reslice } from "../../imaging/volume/reslice";
import { useObservable } from "../../observable";
import { message } from "../../ui/message";
import { type Model, useModel } from "../state/model";
import classes from "../viewer.module.css";
import { Painted } from "./Painted";
import { chosenOf, paintSegments } from "./paintSegments";
import { texts } from "./texts";
import { drawings, nameOf } from "./useDrawings";
import { NoVolume, useSegmentVolumes } from "./useSegmentVolumes";

interface Props {
  /** The planes as they are stored. */
  stack: Stack;
  cut: Cut;
  model: Model;
  frame: Frame;
  area: Size;
}

export default function DrawnThrough({ stack, cut, model, frame, area }: Props) {
  const t = useWords(texts);
  const say = useT();
  const { segments } = useObservable(drawings);
  const index = useModel(model, (s) => Math.min(s.index, cut.count - 1));
  const { parts, pending, error } = useSegmentVolumes(stack, segments);
  const reason = error instanceof NoVolume ? say(`volume.${error.fault}`) : error && message(say, error);
  const said = reason ? `${t("failed")} ${reason}` : pending ? t("through") : null;
  const direction = [...cut.row, ...cut.column].map((cosine) => cosine.toFixed(4)).join();
  return (
    <>
      {parts.map(({ one, segment, volume }) => {
        const chosen = chosenOf(one, segment, segments);
        // Under a slab, too, they are those of the plane in its middle.
        const paint = (out: Uint32Array) =>
          paintSegments({ one, segment, chosen, values: reslice(volume, cut, index) }, out);
        const key = `segment ${chosen.map((number) => nameOf(one, number)).join()} ${direction} ${index}`;
        return <Painted key={`${one.series} ${segment}`} {...{ model, frame, area }} layer={{ key, paint }} />;
      })}
      {said && (
        <svg className={classes.drawing} data-drawing role="status">
          <text className={classes.lineText} x="50%" y={area.height - 40} textAnchor="middle">
            {said}
          </text>
        </svg>
      )}
    </>
  );
}
