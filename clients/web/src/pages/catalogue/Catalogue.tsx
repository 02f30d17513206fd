/** Every installed algorithm: its documentation, parameters, distribution, and how to call it. */

import { Button, CopyButton } from "@mantine/core";
import type { ApiError } from "../../api/http";
import type { CatalogueEntry } from "../../api/processing";
import type { JsonSchema } from "../../forms/fieldTypes";
import { fields } from "../../forms/schema";
import { initialValues, parameters } from "../../forms/values";
import { useT } from "../../i18n/index";
import { useObservable } from "../../observable";
import { useCatalogue } from "../../queries/useCatalogue";
import { Link } from "../../router";
import { useServices } from "../../services";
import { ApiTrouble } from "../../ui/ApiTrouble";
import { Skeletons, State } from "../../ui/State";
import { CatalogueParameters } from "./CatalogueParameters";
import { curl } from "./curl";

export default function Catalogue({ algorithm }: { algorithm?: string }) {
  const t = useT();
  const catalogue = useCatalogue();
  const chosen = catalogue.data?.find((one) => one.name === algorithm);
  return (
    <div className="page">
      {catalogue.isPending && <Skeletons count={5} height={70} />}
      {catalogue.isError && <ApiTrouble error={catalogue.error as ApiError} retry={() => void catalogue.refetch()} />}
      {catalogue.data && algorithm === undefined && <List entries={catalogue.data} />}
      {catalogue.data &&
        algorithm !== undefined &&
        (chosen ? <Entry entry={chosen} /> : <State title={t("catalogue.unknown")} />)}
    </div>
  );
}

function List({ entries }: { entries: readonly CatalogueEntry[] }) {
  const t = useT();
  return (
    <>
      <h1 style={{ fontSize: "1.375rem", margin: 0 }}>{t("catalogue.title")}</h1>
      <p className="quiet">{entries.length ? t("catalogue.hint") : t("catalogue.empty")}</p>
      <div style={{ display: "grid", gap: 10 }}>
        {entries.map((one) => (
          <Link key={one.name} className="card" style={{ padding: 14 }} href={`/algorithms/${one.name}`}>
            <strong>{one.name}</strong>
            <div style={{ margin: "3px 0 5px" }}>{one.summary}</div>
            <span className="quiet">
              {one.scopes.map((scope) => t(`scope.${scope}`)).join(", ")} · {one.distribution} {one.version}
            </span>
          </Link>
        ))}
      </div>
    </>
  );
}

function Entry({ entry }: { entry: CatalogueEntry }) {
  const t = useT();
  const { config, draft } = useServices();
  const { reference, values } = useObservable(draft);
  const all = fields(entry.parameters as JsonSchema);
  const sent = parameters(all, { ...initialValues(all), ...values[entry.name] });
  const command = curl(config.api, entry.name, reference, sent);
  const { resources: r } = entry;
  return (
    <article>
      <Link href="/algorithms" className="quiet upward">
        ← {t("catalogue.title")}
      </Link>
      <h1 style={{ fontSize: "1.5rem", margin: "8px 0 4px" }}>{entry.name}</h1>
      <p style={{ marginTop: 0 }}>{entry.summary}</p>
      <table className="table" style={{ marginBottom: 22 }}>
        <tbody>
          <Fact name={t("catalogue.scopes")}>{entry.scopes.map((scope) => t(`scope.${scope}`)).join(", ")}</Fact>
          <Fact name={t("catalogue.distribution")}>
            {entry.distribution} {entry.version}
          </Fact>
          <Fact name={t("catalogue.resources")}>
            {t("catalogue.resourcesText", {
              vcpu: r.vcpu,
              memory: r.memory_mib,
              timeout: r.timeout,
              min: r.min_tasks,
              max: r.max_tasks,
            })}
          </Fact>
          {(entry.weights ?? []).map((one) => (
            <Fact key={`${one.package}/${one.file}`} name={t("catalogue.weights")}>
              {one.file} ({one.package}), {one.licence}. {one.source}
              <div className="quiet">SHA-256 {one.sha256}</div>
            </Fact>
          ))}
          {entry.reference && <Fact name={t("catalogue.reference")}>{entry.reference}</Fact>}
        </tbody>
      </table>
      <h2 style={{ fontSize: "1.0625rem" }}>{t("catalogue.parameters")}</h2>
      {all.length === 0 ? <p>{t("process.noParameters")}</p> : <CatalogueParameters all={all} />}
      <h2 style={{ fontSize: "1.0625rem", marginTop: 24 }}>{t("catalogue.curl")}</h2>
      <p className="quiet">{t("catalogue.curlHint")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className="pre" tabIndex={0} data-testid="curl">
        {command}
      </pre>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <Button size="compact-sm" mt={6} variant="default" onClick={copy}>
            {copied ? t("common.copied") : t("common.copy")}
          </Button>
        )}
      </CopyButton>
      <h2 style={{ fontSize: "1.0625rem", marginTop: 24 }}>{t("catalogue.documentation")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre className="pre" tabIndex={0}>
        {entry.documentation}
      </pre>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <tr>
      <th scope="row" style={{ width: 130, fontWeight: 600 }}>
        {name}
      </th>
      <td>{children}</td>
    </tr>
  );
}
