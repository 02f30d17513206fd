/** What stands where an image would be: nothing there, or what failed. */

import { type ApiError, isRefused } from "../../api/http";
import type { SeriesStack } from "../../api/pacs";
import { useT } from "../../i18n/index";
import { navigate } from "../../router";
import { useServices } from "../../services";
import { ApiTrouble } from "../../ui/ApiTrouble";
import { message, said } from "../../ui/message";
import { State } from "../../ui/State";

interface Props {
  absent: boolean;
  /** The file of the image, if the archive has it and it cannot be shown. */
  refused: SeriesStack["refused"][number] | undefined;
  trouble: ApiError | null;
  /** Which of the two could not be fetched. */
  what: "study" | "series";
  retry: () => void;
}

export function Unopened({ absent, refused, trouble, what, retry }: Props) {
  const t = useT();
  const { config } = useServices();
  if (absent) {
    return (
      <State
        title={t("browse.notFound")}
        alert
        action={{ label: t("browse.allStudies"), onClick: () => navigate("/") }}
      >
        {t("browse.notFoundHint")}
      </State>
    );
  }
  if (refused) {
    return (
      <State title={t("viewer.failedPlane", { n: refused.image_id })} alert>
        {said(t, refused.code, refused.reason)}
      </State>
    );
  }
  if (!trouble) return null;
  if (isRefused(trouble)) return <ApiTrouble error={trouble} retry={retry} images />;
  return (
    <State
      title={t(trouble.unreachable ? "trouble.pacs" : `browse.${what}Failed`)}
      alert
      action={{ label: t("common.retry"), onClick: retry }}
    >
      {trouble.unreachable ? t("trouble.pacsHint", { address: config.pacs }) : message(t, trouble)}
    </State>
  );
}

/** Says how many files of a series are not among its planes, and why. */
export function RefusedFiles({ files }: { files: SeriesStack["refused"] }) {
  const t = useT();
  const [first] = files;
  if (!first) return null;
  const fill = { n: files.length, reason: said(t, first.code, first.reason) };
  return (
    <p className="notice" role="status" style={{ margin: 0 }} title={files.map((one) => one.image_id).join(", ")}>
      {t(files.length === 1 ? "browse.refusedOne" : "browse.refused", fill)}
    </p>
  );
}
