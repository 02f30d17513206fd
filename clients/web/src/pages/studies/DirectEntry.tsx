/** A form for typing in the identifiers. */

import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../i18n";
import type { Reference } from "../../model";
import { imagePath } from "../../route";
import { navigate } from "../../router";
import { useServices } from "../../services";

const IDENTIFIER = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/;

export function DirectEntry() {
  const t = useT();
  const { draft } = useServices();
  const [open, setOpen] = useState(false);
  const [ids, setIds] = useState({ study: "", series: "", image: "" });
  const [scope, setScope] = useState<Reference["scope"]>("image");
  const [tried, setTried] = useState(false);
  const needed = { study: true, series: scope !== "study", image: scope === "image" };
  const fault = (name: keyof typeof ids) => {
    if (!tried) return undefined;
    if (ids[name] === "") return needed[name] ? t("browse.needed") : undefined;
    return IDENTIFIER.test(ids[name]) ? undefined : t("browse.identifierFault");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const names = ["study", "series", "image"] as const;
    if (names.some((name) => (needed[name] && !ids[name]) || (ids[name] && !IDENTIFIER.test(ids[name])))) return;
    draft.set({ scope });
    navigate(`${imagePath(ids.study, ids.series, ids.image)}?scope=${scope}`);
  };
  const input = (name: keyof typeof ids, label: string) => (
    <TextInput
      size="xs"
      mt={8}
      label={label}
      value={ids[name]}
      error={fault(name)}
      onChange={(e) => setIds({ ...ids, [name]: e.currentTarget.value.trim() })}
      spellCheck={false}
      autoComplete="off"
    />
  );
  return (
    <>
      <Button mt={10} size="compact-sm" variant="subtle" fullWidth aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("browse.direct")}
      </Button>
      {open && (
        <form onSubmit={submit} noValidate>
          <SegmentedControl
            mt={8}
            size="xs"
            fullWidth
            aria-label={t("browse.scope")}
            value={scope}
            onChange={(value) => setScope(value as Reference["scope"])}
            data={(["image", "series", "study"] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
          />
          {input("study", t("browse.studyId"))}
          {scope !== "study" && input("series", t("browse.seriesId"))}
          {scope === "image" && input("image", t("browse.imageId"))}
          <Button type="submit" size="xs" mt={10} fullWidth variant="default">
            {t("browse.open")}
          </Button>
        </form>
      )}
    </>
  );
}
