/** What stands in a pane that shows nothing yet, or cannot. */

import { useT } from "../../i18n";
import { message } from "../../ui/message";
import classes from "../viewer.module.css";

export function Waiting({ error }: { error: Error | null }) {
  const t = useT();
  if (error) {
    return (
      <p className={classes.message} role="alert">
        {message(t, error)}
      </p>
    );
  }
  return (
    <p className={classes.message} role="status">
      {t("common.loading")}
    </p>
  );
}
