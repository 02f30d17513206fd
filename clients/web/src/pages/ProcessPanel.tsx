/** Choose an algorithm, fill its form, send the job. */

import { useMemo } from "react";
import { ApiError } from "../api/http";
import type { SeriesStack } from "../api/pacs";
import { useT } from "../i18n";
import { useCatalogue } from "../queries/useCatalogue";
import { ApiTrouble } from "../ui/ApiTrouble";
import { Skeletons } from "../ui/State";
import { type Input, ProcessForm } from "./ProcessForm";

interface Props extends Omit<Input, "volume"> {
  /** What the archive says of the open series. */
  found: SeriesStack | undefined;
  /** Why the open series, or the plane that is looked at, cannot be shown; null if it can. */
  refusal: Error | null;
}

export function ProcessPanel({ found, refusal, ...input }: Props) {
  const t = useT();
  const catalogue = useCatalogue();
  // Only such an answer says that the input is at fault; one that did not come says nothing about it.
  const refused = refusal instanceof ApiError && refusal.code.startsWith("input_") ? refusal : null;
  const volume = useMemo(() => {
    if (refused) return { goodFor: [], reason: refused.message, files: found?.images.length ?? 0 };
    return found?.good_for && { goodFor: found.good_for, reason: found.not_a_volume, files: found.images.length };
  }, [found, refused]);
  const head = (
    <>
      <h2 style={{ fontSize: 16, margin: "0 0 10px" }}>{t("process.title")}</h2>
      {refused && (
        <p className="quiet" role="status" data-testid="refused">
          {t("process.refused")} {refused.message}
        </p>
      )}
      {catalogue.isPending && <Skeletons count={4} height={44} />}
      {catalogue.isError && <ApiTrouble error={catalogue.error as ApiError} retry={() => void catalogue.refetch()} />}
    </>
  );
  return (
    <section className="process" aria-label={t("process.title")}>
      {catalogue.data ? (
        // An image that cannot be read is no input.
        <ProcessForm
          {...input}
          image={refused ? undefined : input.image}
          volume={volume}
          catalogue={catalogue.data}
          head={head}
        />
      ) : (
        <div className="fields">{head}</div>
      )}
    </section>
  );
}
