/** Choose an algorithm, fill its form, send the job. */

import type { ApiError } from "../api/http";
import { useT } from "../i18n";
import { ApiTrouble } from "../ui/ApiTrouble";
import { Skeletons } from "../ui/State";
import { type Input, ProcessForm } from "./ProcessForm";
import { useCatalogue } from "./useArchive";

export function ProcessPanel(props: Input) {
  const t = useT();
  const catalogue = useCatalogue();
  const head = (
    <>
      <h2 style={{ fontSize: 16, margin: "0 0 10px" }}>{t("process.title")}</h2>
      {catalogue.isPending && <Skeletons count={4} height={44} />}
      {catalogue.isError && <ApiTrouble error={catalogue.error as ApiError} retry={() => void catalogue.refetch()} />}
    </>
  );
  return (
    <section className="process" aria-label={t("process.title")}>
      {catalogue.data ? (
        <ProcessForm {...props} catalogue={catalogue.data} head={head} />
      ) : (
        <div className="fields">{head}</div>
      )}
    </section>
  );
}
