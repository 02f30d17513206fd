/** The form of a job: algorithm, input and parameters. */

import { Button, SegmentedControl } from "@mantine/core";
import { type ReactNode, Suspense, useCallback, useState } from "react";
import { ApiError } from "../../api/http";
import type { CatalogueEntry } from "../../api/processing";
import type { JsonSchema } from "../../forms/fieldTypes";
import { ParameterForm } from "../../forms/ParameterForm";
import { parameters } from "../../forms/values";
import { useT } from "../../i18n/index";
import { type Reference, referenceOf } from "../../model";
import { useObservable } from "../../observable";
import { Link } from "../../router";
import { useServices } from "../../services";
import { lazy } from "../../ui/lazy";
import { Rejection } from "../../ui/Rejection";
import { State } from "../../ui/State";
import { AlgorithmChoice } from "./AlgorithmChoice";
import { type Input, refusalOf, useRemembered } from "./processInput";
import { useForm } from "./useForm";
import { useFurtherInputs } from "./useFurtherInputs";

const EachInput = lazy(() => import("../../jobs/batch/EachInput"));

interface Props extends Input {
  catalogue: readonly CatalogueEntry[];
  head: ReactNode;
}

export function ProcessForm(props: Props) {
  const { study, series, image, planes, images, volume, part, volumes, measured, catalogue, head } = props;
  const t = useT();
  const { draft, actions } = useServices();
  const { algorithm: wanted, scope: wantedScope, values, inputs: allChosen } = useObservable(draft);
  const [sending, setSending] = useState(false);
  const [many, setMany] = useState<readonly Reference[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [sent, setSent] = useState({});
  const chosen = catalogue.find((one) => one.name === wanted) ?? catalogue[0];
  const { form, filled, faults, change } = useForm(chosen, error);
  const further = useFurtherInputs(chosen, { study, series, image, measured, volumes });
  const scope = chosen?.scopes.includes(wantedScope) ? wantedScope : (chosen?.scopes[0] ?? "image");
  const reference = chosen ? referenceOf(scope, study, series, image, part) : null;
  useRemembered(reference);
  const choose = useCallback(
    (algorithm: string | null) => {
      setError(null);
      draft.set({ algorithm });
    },
    [draft],
  );
  if (!chosen) {
    return (
      <div className="fields">
        {head}
        <State title={t("catalogue.empty")} />
      </div>
    );
  }
  const refusal = refusalOf(chosen.needs, scope, volume);
  const run = async () => {
    if (!reference) return;
    setSending(true);
    setError(null);
    try {
      const given = [parameters(form, filled), further.inputs] as const;
      setSent(given[0]);
      await (many ? actions.submitMany(chosen.name, many, ...given) : actions.submit(chosen.name, reference, ...given));
    } catch (failed) {
      setError(failed instanceof ApiError ? failed : new ApiError(0, "", String(failed)));
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className="fields">
        {head}
        <AlgorithmChoice catalogue={catalogue} chosen={chosen.name} onChange={choose} />
        <p className="quiet" style={{ margin: "6px 0 12px" }}>
          {chosen.summary} <Link href={`/algorithms/${chosen.name}`}>{t("process.about")}</Link>
        </p>
        {chosen.scopes.length > 1 && (
          <SegmentedControl
            fullWidth
            size="xs"
            mb={12}
            aria-label={t("process.input")}
            value={scope}
            onChange={(value) => draft.set({ scope: value as Reference["scope"] })}
            data={chosen.scopes.map((value) => ({
              value,
              label: value === "series" && planes > 1 ? `${t("scope.series")} (${planes})` : t(`scope.${value}`),
            }))}
          />
        )}
        {study && series && images && scope !== "study" && (
          <Suspense>
            <EachInput key={`${series} ${scope}`} {...{ scope, study, series, images }} onChange={setMany} />
          </Suspense>
        )}
        {further.pickers}
        <ParameterForm
          fields={form}
          values={filled}
          faults={faults}
          sent={sent}
          schema={chosen.parameters as JsonSchema}
          onChange={change}
        />
        {error && <Rejection error={error} fault={faults[""]} />}
        {refusal && (
          <p className="quiet" role="status" data-testid="refusal">
            {t("process.irregular", { name: chosen.name })} {refusal}
          </p>
        )}
        {!reference && <p className="quiet">{t("process.nothing")}</p>}
      </div>
      <div className="actions">
        <Button
          type="submit"
          style={{ flex: "1 0 auto" }}
          color="blue.8"
          disabled={!reference || refusal !== null || !further.complete || sending}
        >
          {sending ? t("process.sending") : t("process.run")}
        </Button>
        {form.length + (chosen.inputs?.length ?? 0) > 0 && (
          <Button
            variant="default"
            onClick={() => {
              setError(null);
              draft.set({ values: { ...values, [chosen.name]: {} }, inputs: { ...allChosen, [chosen.name]: {} } });
            }}
          >
            {t("process.defaults")}
          </Button>
        )}
      </div>
    </form>
  );
}
