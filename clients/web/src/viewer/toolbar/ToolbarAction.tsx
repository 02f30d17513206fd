/** One button of the toolbar: an icon with its name and key. */

import { ActionIcon, Tooltip } from "@mantine/core";
import { Icon, type IconName } from "../../ui/icons";

interface Props {
  icon: IconName;
  label: string;
  hint?: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function ToolbarAction({ icon, label, hint, pressed, disabled, onClick }: Props) {
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label}>
      <ActionIcon
        variant={pressed ? "filled" : "subtle"}
        color={pressed ? "blue.8" : "gray"}
        size={32}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
