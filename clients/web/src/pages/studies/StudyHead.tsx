/** What stands above the studies: how many, their order, and the columns, each of which puts them in order. */

import { Button, NativeSelect } from "@mantine/core";
import { useT } from "../../i18n";
import { useWords, type Words } from "../../i18n/words";
import { useServices } from "../../services";
import { STUDY_ORDERS, type StudyOrder } from "./studyOrder";

interface Props {
  count: number;
  /** Whether the archive has more than are loaded. */
  more: boolean;
  known: boolean;
  order: StudyOrder;
  onOrder: (order: StudyOrder) => void;
  refreshing: boolean;
  onRefresh: () => void;
}

const PATIENT: Words<"name" | "id"> = {
  en: { name: "Patient", id: "Patient ID" },
  it: { name: "Paziente", id: "ID paziente" },
};
const COLUMNS = [
  { name: "description", orders: ["description"] },
  { name: "modality", orders: ["modality"] },
  { name: "date", orders: ["newest", "oldest"] },
] as const satisfies readonly { name: string; orders: readonly StudyOrder[] }[];

export function StudyHead({ count, more, known, order, onOrder, refreshing, onRefresh }: Props) {
  const t = useT();
  const words = useWords(PATIENT);
  const { patients } = useServices().config;
  return (
    <>
      <div className="listBar">
        <span role="status">{known && t("browse.found", { n: `${count}${more ? "+" : ""}` })}</span>
        <NativeSelect
          size="xs"
          aria-label={t("browse.order")}
          value={order}
          onChange={(event) => onOrder(event.currentTarget.value as StudyOrder)}
          data={STUDY_ORDERS.map((value) => ({ value, label: t(`browse.order.${value}`) }))}
        />
        <Button size="compact-xs" variant="default" loading={refreshing} onClick={onRefresh}>
          {t("browse.refresh")}
        </Button>
      </div>
      <div className={`studyColumns studyHead ${patients ? "patients" : ""}`}>
        {COLUMNS.map(({ name, orders }) => {
          const at = (orders as readonly StudyOrder[]).indexOf(order);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={at >= 0}
              onClick={() => onOrder(orders[(at + 1) % orders.length] ?? order)}
            >
              {t(`browse.column.${name}`)}{" "}
              <span aria-hidden="true">{at < 0 ? "" : order === "newest" ? "↓" : "↑"}</span>
            </button>
          );
        })}
        <span>{t("browse.column.identifier")}</span>
        {patients && (
          <>
            <span>{words("name")}</span>
            <span>{words("id")}</span>
          </>
        )}
      </div>
    </>
  );
}
