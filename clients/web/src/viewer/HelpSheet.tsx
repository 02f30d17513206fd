/** The sheet of keys, made from the table that the keyboard itself uses. */

import { Modal, Text, Title } from "@mantine/core";
import { useT } from "../i18n";
import { SHORTCUTS } from "./keys";
import classes from "./viewer.module.css";

const GROUPS = [
  ["stack", "help.stack"],
  ["window", "help.windowGroup"],
  ["view", "help.view"],
  ["tools", "help.tools"],
] as const;

export default function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  return (
    // The scroll lock writes a style element, which the Content-Security-Policy refuses.
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("help.title")}
      size="xl"
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={classes.sheet}>
        {GROUPS.map(([group, title]) => (
          <section key={group}>
            <Title order={3} size="h5" mb={6}>
              {t(title)}
            </Title>
            {SHORTCUTS.filter((one) => one.group === group).map((one) => (
              <Text size="sm" key={one.help} mb={4}>
                {one.keys.map((key) => (
                  <kbd key={key} className={classes.kbd}>
                    {key}
                  </kbd>
                ))}
                {t(`key.${one.help}`)}
              </Text>
            ))}
          </section>
        ))}
      </div>
      <Text size="sm" mt="md" c="dimmed">
        {t("help.mouse")}
      </Text>
    </Modal>
  );
}
