/** The way to add images: a button, a drop anywhere on the page, and what has become of the files. */

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, useCallback, useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import { useObservable } from "../observable";
import { useServices } from "../services";
import { type Found, inChosen, inDrop } from "./files";
import { poster } from "./send";
import { reasonOf, TEXTS } from "./texts";
import { cancel, IDLE, isRunning, start, type Upload, upload } from "./upload";
import classes from "./uploads.module.css";

/** How long browsers may keep a list of the PACS API. */
const KEPT_MS = 10_000;
const LISTS = ["studies", "series", "stack"];

export default function Uploads() {
  const { language } = useLanguage();
  const texts = TEXTS[language];
  const { config, session } = useServices();
  const client = useQueryClient();
  const now = useObservable(upload);
  const input = useRef<HTMLInputElement>(null);
  const take = useCallback(
    async (files: AsyncIterable<Found>) => {
      await start(files, poster(config.pacs, session.authorization));
      const header = await session.authorization().catch(() => null);
      // The first page of the list is asked for anew; others once the browser's copies are old.
      const headers = header ? { Authorization: header } : undefined;
      await fetch(`${config.pacs}/studies?limit=100`, { cache: "reload", headers }).catch(() => undefined);
      const refresh = () => LISTS.map((name) => client.invalidateQueries({ queryKey: [name] }));
      refresh();
      setTimeout(refresh, KEPT_MS);
    },
    [config, session, client],
  );
  const over = useDrop(take);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    void take(inChosen([...(event.currentTarget.files ?? [])]));
    event.currentTarget.value = "";
  };
  return (
    <section className={classes.uploads} aria-label={texts.title}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="folder"
        onChange={chosen}
        {...{ webkitdirectory: "" }}
      />
      <Button
        size="compact-xs"
        variant="default"
        title={texts.hint}
        disabled={isRunning(now)}
        onClick={() => input.current?.click()}
      >
        {texts.add}
      </Button>
      {now.state !== "idle" && <Progress now={now} />}
      {over && <div className={classes.over}>{texts.drop}</div>}
    </section>
  );
}

function Progress({ now }: { now: Upload }) {
  const texts = TEXTS[useLanguage().language];
  const refused = now.refused.reduce((sum, { count }) => sum + count, 0);
  const counts = [
    texts.taken(now.taken),
    now.there_already > 0 && texts.there(now.there_already),
    now.skipped > 0 && texts.skipped(now.skipped),
  ].filter(Boolean);
  return (
    <div className={classes.progress}>
      {isRunning(now) && (
        <>
          <progress
            aria-label={texts.title}
            max={now.found || 1}
            value={now.state === "sending" ? now.done : undefined}
          />
          <small>{now.state === "looking" ? texts.looking(now.found) : texts.progress(now.done, now.found)}</small>
        </>
      )}
      <p role="status">{counts.join(" · ")}</p>
      {now.state === "failed" && <p role="alert">{texts.stopped(now.error?.message ?? "")}</p>}
      {now.state === "cancelled" && <p>{texts.cancelled}</p>}
      {refused > 0 && (
        <>
          <p>{texts.refused(refused)}</p>
          <ul>
            {now.refused.map(({ code, reason, count, files }) => (
              <li key={code + reason}>
                {count} × {reasonOf(texts, code, reason)}: {files.join(", ")}
                {count > files.length && ", …"}
              </li>
            ))}
          </ul>
        </>
      )}
      <Button size="compact-xs" variant="default" onClick={() => (isRunning(now) ? cancel() : upload.set(IDLE))}>
        {isRunning(now) ? texts.cancel : texts.close}
      </Button>
    </div>
  );
}

/** Takes folders that are dropped anywhere; tells whether one is held over the page. */
function useDrop(take: (files: AsyncIterable<Found>) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const quit = new AbortController();
    const { signal } = quit;
    const of = (event: DragEvent) => (event.dataTransfer?.types.includes("Files") ? event.dataTransfer : null);
    const drag = (event: DragEvent) => {
      if (!of(event)) return; // a series on its way to a pane
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      const transfer = of(event);
      setOver(false);
      if (!transfer) return;
      event.preventDefault();
      take(inDrop(transfer));
    };
    document.addEventListener("dragover", drag, { signal });
    document.addEventListener("dragleave", leave, { signal });
    document.addEventListener("drop", drop, { signal });
    return () => quit.abort();
  }, [take]);
  return over;
}
