/** The elements of an image's header, searched; loaded when it is first opened. */

import { Checkbox, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useT } from "../../i18n";
import { useServices } from "../../services";
import { message } from "../../ui/message";
import "../../ui/modal";
import { shownTags } from "./shownTags";
import classes from "./tags.module.css";

interface Props {
  study: string;
  series: string;
  image: string;
  onClose: () => void;
}

/** Rows that are drawn at once: a search finds the others. */
const MOST = 500;

export default function TagBrowser({ study, series, image, onClose }: Props) {
  const t = useT();
  const { pacs } = useServices();
  const [search, setSearch] = useState("");
  // The menu from which it was opened is gone: the keyboard goes on at the image.
  useEffect(() => () => document.getElementById("image")?.focus({ preventScroll: true }), []);
  const [withPrivate, setWithPrivate] = useState(false);
  const query = useQuery({
    queryKey: ["tags", study, series, image],
    queryFn: () => pacs.tags(study, series, image),
    // It may name the patient: it is not kept longer than it is looked at.
    gcTime: 0,
    retry: 1,
  });
  const all = query.data?.tags ?? [];
  const hidden = all.filter((one) => one.private).length;
  const shown = useMemo(
    () => shownTags(query.data?.tags ?? [], search, withPrivate),
    [query.data, search, withPrivate],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("tags.title", { image })}
      size="xl"
      // The scroll lock writes a style element, which the Content-Security-Policy refuses.
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <TextInput
        type="search"
        label={t("tags.search")}
        placeholder={t("tags.searchHint")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {hidden > 0 && (
        <Checkbox
          mt="xs"
          label={t("tags.private", { n: hidden })}
          checked={withPrivate}
          onChange={(event) => setWithPrivate(event.currentTarget.checked)}
        />
      )}
      {query.isPending && <p role="status">{t("common.loading")}</p>}
      {query.isError && <p role="alert">{message(t, query.error)}</p>}
      {query.isSuccess && shown.length === 0 && <p role="status">{t("tags.none")}</p>}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too
        <section className={classes.tags} aria-label={t("tags.title", { image })} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(["tag", "name", "vr", "value"] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`tags.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, MOST).map((one, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: elements recur in items, and only their order tells them apart
                <tr key={n} data-testid="tag">
                  <td style={{ paddingLeft: 6 + 12 * one.depth }}>{one.tag}</td>
                  <td title={one.keyword}>{one.name || (one.private ? t("tags.unnamed") : "")}</td>
                  <td>{one.vr}</td>
                  <td>{one.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {(shown.length > MOST || query.data?.more) && <p>{t("tags.more", { n: Math.min(MOST, shown.length) })}</p>}
    </Modal>
  );
}
