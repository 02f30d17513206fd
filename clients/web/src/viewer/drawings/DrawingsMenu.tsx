/** Which overlay planes and segments are drawn over the images. */

import { Button, Checkbox, Popover } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../i18n";
import { useWords } from "../../i18n/words";
import type { Stack } from "../../imaging/frame";
import { cssColour } from "../../imaging/values/colour";
import { useObservable } from "../../observable";
import { message } from "../../ui/message";
import { type Model, useModel } from "../state/model";
import classes from "../viewer.module.css";
import { texts } from "./texts";
import { colourOf, drawings, nameOf, useOverlays, useSegmentations } from "./useDrawings";

interface Props {
  stack: Stack;
  model: Model;
  /** Whether the planes of the model are cut through the stack's. */
  cut?: boolean;
}

export default function DrawingsMenu(props: Props) {
  const t = useWords(texts);
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} shadow="md" width={280} trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpened(!opened)}>
          {t("menu")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown style={{ maxHeight: "60vh", overflowY: "auto" }} data-testid="drawings">
        <Choices {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** More are rather chosen together. */
const FEW = 3;

function Choices({ stack, model, cut = false }: Props) {
  const t = useWords(texts);
  const say = useT();
  const { overlays, segments } = useObservable(drawings);
  const index = useModel(model, (s) => Math.min(s.index, stack.count - 1));
  const here = useOverlays(stack, index, !cut);
  const { of, others: elsewhere, left, pending, errors } = useSegmentations(stack, true);
  const count = stack.described?.(index)?.overlays ?? 0;
  const choose = (name: string, on: boolean) =>
    drawings.set({ segments: on ? [...segments, name] : segments.filter((one) => one !== name) });
  const all = of.flatMap((one) => one.segments.segments.map(({ number }) => nameOf(one, number)));
  const others = segments.filter((name) => !all.includes(name));
  const chosen = segments.length - others.length;
  return (
    <>
      {cut ? (
        <p className="quiet">{t("cut")}</p>
      ) : (
        <Checkbox
          label={`${t("overlays")} (${count})`}
          checked={overlays}
          onChange={(event) => drawings.set({ overlays: event.currentTarget.checked })}
        />
      )}
      {here.error && <p role="alert">{message(say, here.error)}</p>}
      {here.data?.refused.map(({ group, reason }) => (
        <p key={group} className="quiet">
          {group}: {reason}
        </p>
      ))}
      {all.length > FEW && (
        <Checkbox
          mt={8}
          label={`${t("all")} (${all.length})`}
          checked={chosen === all.length}
          indeterminate={chosen > 0 && chosen < all.length}
          onChange={(event) => drawings.set({ segments: event.currentTarget.checked ? [...others, ...all] : others })}
        />
      )}
      {of.map((one) =>
        one.segments.segments.map(({ number, name }) => (
          <Checkbox
            key={nameOf(one, number)}
            mt={8}
            label={
              <>
                <span className={classes.swatch} style={{ background: cssColour(colourOf(one, number, 1)) }} />{" "}
                {name || number}
              </>
            }
            checked={segments.includes(nameOf(one, number))}
            onChange={(event) => choose(nameOf(one, number), event.currentTarget.checked)}
          />
        )),
      )}
      {of.length > 0 && <p className="quiet">{t("strict")}</p>}
      {pending && <p className="quiet">{say("common.loading")}</p>}
      {elsewhere > 0 && <p className="quiet">{t("others", { n: elsewhere })}</p>}
      {left > 0 && <p className="quiet">{t("left", { n: left })}</p>}
      {errors.map((error, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an error is its place
        <p key={n} role="alert">
          {t("failed")} {message(say, error)}
        </p>
      ))}
    </>
  );
}
