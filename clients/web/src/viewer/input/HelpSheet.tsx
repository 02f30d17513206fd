/** The sheet of keys; those that are letters or digits can be changed. */

import { Button, Modal, Text, Title } from "@mantine/core";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useLanguage, useT } from "../../i18n";
import { useWords } from "../../i18n/words";
import { useObservable } from "../../observable";
import "../../ui/modal";
import viewer from "../viewer.module.css";
import classes from "./help.module.css";
import { type ActionName, DEFAULT_KEYS, hotkeys, keepKeys, keysKept, withKey } from "./hotkeys";
import { keyText } from "./keyNames";
import { SHORTCUTS, type Shortcut } from "./shortcuts";
import { words } from "./words";

const GROUPS = [
  ["stack", "help.stack"],
  ["window", "help.windowGroup"],
  ["view", "help.view"],
  ["tools", "help.tools"],
] as const;

export default function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  const say = useWords(words);
  const keys = useObservable(hotkeys);
  // Only a sheet that has been closed notes where the focus was, to give it back.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const changed = Object.entries(DEFAULT_KEYS).some(([name, key]) => keys[name as ActionName] !== key);
  return (
    // The scroll lock writes a style element, which the Content-Security-Policy refuses.
    <Modal
      opened={opened && mounted}
      onClose={onClose}
      title={say("help.title")}
      size="xl"
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Text size="sm" mb="sm" c="dimmed">
        {say("help.change")}{" "}
        {changed && (
          <Button size="compact-xs" variant="default" onClick={() => keepKeys(DEFAULT_KEYS)}>
            {say("help.usual")}
          </Button>
        )}
      </Text>
      {!useObservable(keysKept).kept && (
        <p role="alert" className={viewer.count}>
          {say("help.notKept")}
        </p>
      )}
      <div className={classes.sheet}>
        {GROUPS.map(([group, title]) => (
          <section key={group}>
            <Title order={3} size="h5" mb={6}>
              {say(title)}
            </Title>
            {SHORTCUTS[group].map((one) => (
              <Row key={typeof one === "string" ? one : one.help} shortcut={one} />
            ))}
          </section>
        ))}
      </div>
      <Text size="sm" mt="md" c="dimmed">
        {say("help.mouse")}
      </Text>
    </Modal>
  );
}

function Row({ shortcut }: { shortcut: Shortcut }) {
  const { language } = useLanguage();
  const say = useWords(words);
  const name = typeof shortcut === "string" ? shortcut : shortcut.help;
  return (
    <Text size="sm" mb={4} component="div">
      {typeof shortcut === "string" ? (
        <KeyButton action={shortcut} />
      ) : (
        shortcut.keys.map((key) => (
          <kbd key={key} className={classes.kbd}>
            {keyText(language, key)}
          </kbd>
        ))
      )}
      {say(`key.${name}`)}
    </Text>
  );
}

/** The key of an action: pressed, it waits for another one. */
function KeyButton({ action }: { action: ActionName }) {
  const say = useWords(words);
  const keys = useObservable(hotkeys);
  const [waiting, setWaiting] = useState(false);
  const key = keys[action].toUpperCase();
  const take = (event: KeyboardEvent) => {
    if (!waiting || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const next = withKey(keys, action, event.key);
    if (next !== keys) keepKeys(next);
    if (next !== keys || event.key === "Escape") setWaiting(false);
  };
  return (
    <button
      type="button"
      className={classes.kbd}
      aria-label={say(waiting ? "help.press" : "help.changeKey", { action: say(`key.${action}`), key })}
      aria-pressed={waiting}
      onClick={() => setWaiting(!waiting)}
      onBlur={() => setWaiting(false)}
      onKeyDown={take}
    >
      {waiting ? "…" : key}
    </button>
  );
}
