/** Says which planes a volume lacks, and why it could not be loaded. */

import { Button } from "@mantine/core";
import { useT } from "../../../i18n/index";
import { useWords, type Words } from "../../../i18n/words";
import { message } from "../../../ui/message";
import viewer from "../../viewer.module.css";
import classes from "../panes.module.css";
import type { Missing } from "./volume";

export const words: Words<"one" | "several" | "more" | "failed"> = {
  en: {
    one: "Image {n} cannot be read: a gap lies there.",
    several: "Images {n} cannot be read: gaps lie there.",
    more: "{n} and {count} more",
    failed: "The volume cannot be loaded",
  },
  it: {
    one: "L’immagine {n} non si può leggere: lì c’è un vuoto.",
    several: "Le immagini {n} non si possono leggere: lì ci sono vuoti.",
    more: "{n} e altre {count}",
    failed: "Il volume non si può caricare",
  },
};

/** More numbers would cover the image. */
const MOST = 6;

export function MissingPlanes({ missing }: { missing: readonly Missing[] }) {
  const say = useWords(words);
  const t = useT();
  const named = missing
    .slice(0, MOST)
    .map(({ index }) => index + 1)
    .join(", ");
  const n = missing.length > MOST ? say("more", { n: named, count: missing.length - MOST }) : named;
  const why = missing[0] && message(t, missing[0].error);
  return (
    <p className={classes.missing} role="status" data-testid="missingPlanes" title={why}>
      {say(missing.length === 1 ? "one" : "several", { n })}
    </p>
  );
}

export function Unloaded({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const t = useT();
  const say = useWords(words);
  return (
    <div className={viewer.message} role="alert">
      <strong>{say("failed")}</strong>
      <span>{message(t, error)}</span>
      <Button size="xs" variant="default" onClick={onAgain}>
        {t("common.retry")}
      </Button>
    </div>
  );
}
