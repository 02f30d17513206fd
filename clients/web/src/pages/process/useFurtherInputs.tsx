/** What is chosen for the further inputs of an algorithm, and the pickers for them. */

import { type ReactNode, Suspense } from "react";
import type { CatalogueEntry } from "../../api/processing";
import { type InputValue, inputsOf, type Surroundings } from "../../forms/inputs/offers";
import { useT } from "../../i18n/index";
import { useObservable } from "../../observable";
import { useSeries } from "../../queries/useArchive";
import { useServices, useStore } from "../../services";
import { lazy } from "../../ui/lazy";

const InputPicker = lazy(() => import("../../forms/inputs/InputPicker"));

type Open = Pick<Surroundings, "study" | "series" | "image" | "measured" | "volumes">;

export interface FurtherInputs {
  /** As a request has them. */
  inputs: Record<string, unknown>;
  /** Whether all that is required is chosen. */
  complete: boolean;
  pickers: ReactNode;
}

export function useFurtherInputs(entry: CatalogueEntry | undefined, open: Open): FurtherInputs {
  const t = useT();
  const { draft } = useServices();
  const { inputs: all } = useObservable(draft);
  const { jobs, client } = useStore();
  const found = useSeries(open.study);
  const ports = entry?.inputs ?? [];
  const name = entry?.name ?? "";
  const given = all[name] ?? {};
  const { inputs, missing } = inputsOf(ports, given);
  const around = { ...open, all: found.data ?? [], jobs, client: client?.clientId };
  const change = (port: string, chosen: readonly InputValue[]) =>
    draft.set({ inputs: { ...all, [name]: { ...given, [port]: chosen } } });
  const pickers = ports.length > 0 && (
    <Suspense fallback={null}>
      {ports.map((port) => (
        <InputPicker
          key={port.name}
          port={port}
          around={around}
          chosen={given[port.name] ?? []}
          onChange={(chosen) => change(port.name, chosen)}
        />
      ))}
      {missing.length > 0 && (
        <p className="quiet" role="status" data-testid="missing">
          {t("inputs.missing", { names: missing.join(", ") })}
        </p>
      )}
    </Suspense>
  );
  return { inputs, complete: missing.length === 0, pickers };
}
