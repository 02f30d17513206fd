/** Choose an algorithm, fill its form, send the job. */

import { Suspense, useMemo } from "react";
import { ApiError } from "../../api/http";
import type { SeriesStack } from "../../api/pacs";
import { useT } from "../../i18n/index";
import { useCatalogue } from "../../queries/useCatalogue";
import { ApiTrouble } from "../../ui/ApiTrouble";
import { lazy } from "../../ui/lazy";
import { message, noVolume } from "../../ui/message";
import { Skeletons } from "../../ui/State";
import { ProcessForm } from "./ProcessForm";
import type { Input } from "./processInput";

const VolumeChoice = lazy(() => import("../browse/VolumeChoice"));

interface Props extends Omit<Input, "volume" | "volumes"> {
  /** What the archive says of the open series. */
  found: SeriesStack | undefined;
  /** Why the open series, or the plane that is looked at, cannot be shown; null if it can. */
  refusal: Error | null;
  /** Called with the volume of the series that shall be looked at and processed, if not all of it. */
  onPart: (id: string | undefined) => void;
}

export function ProcessPanel({ found, refusal, onPart, ...input }: Props) {
  const t = useT();
  const catalogue = useCatalogue();
  // Only such an answer says that the input is at fault; one that did not come says nothing about it.
  const refused = refusal instanceof ApiError && refusal.code.startsWith("input_") ? refusal : null;
  const volume = useMemo(() => {
    if (refused) return { goodFor: [], reason: message(t, refused), files: found?.images.length ?? 0 };
    // A volume is regular, so it has all that an algorithm may need; a file that cannot be read ends every job.
    if (input.part && !found?.refused.length) return undefined;
    if (!found?.good_for) return undefined;
    const reason = found.not_a_volume && noVolume(t, found.not_a_volume_code, found.not_a_volume);
    return { goodFor: found.good_for, reason, files: found.images.length };
  }, [found, refused, input.part, t]);
  const head = (
    <>
      <h2 style={{ fontSize: "1rem", margin: "0 0 10px" }}>{t("process.title")}</h2>
      {refused && (
        <p className="quiet" role="status" data-testid="refused">
          {t("process.refused")} {message(t, refused)}
        </p>
      )}
      {found && found.volumes.length > 1 && (
        <Suspense>
          <VolumeChoice volumes={found.volumes} chosen={input.part} onChange={onPart} />
        </Suspense>
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
          volumes={found?.volumes}
          catalogue={catalogue.data}
          head={head}
        />
      ) : (
        <div className="fields">{head}</div>
      )}
    </section>
  );
}
