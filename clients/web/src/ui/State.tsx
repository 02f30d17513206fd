/** What the page shows instead of content: nothing there, nothing chosen, no answer, still waiting. */

import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useT } from "../i18n";

interface Props {
  title: string;
  children?: ReactNode;
  action?: { label: string; onClick: () => void };
  alert?: boolean;
  /** Whether it is all that a page has, so that its title is the page's heading. */
  page?: boolean;
}

export function State({ title, children, action, alert, page }: Props) {
  const Title = page ? "h1" : "strong";
  return (
    <div className="state" role={alert ? "alert" : undefined}>
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {action && (
        <Button size="sm" variant="default" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

/** Grey shapes of the size of the content that is loading; after two seconds also a sentence. */
export function Skeletons({ count, height }: { count: number; height: number }) {
  const t = useT();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t("common.loading")}>
      {/* Its place is kept free, so that nothing jumps when the words come. */}
      <p className="quiet slow">{slow && t("trouble.slow")}</p>
      {Array.from({ length: count }, (_, i) => i).map((i) => (
        <div key={i} className="skeleton" style={{ height, margin: "6px 2px" }} />
      ))}
    </div>
  );
}
