/** Catches unexpected errors of the page. */

import { Component, type ReactNode } from "react";
import { useT } from "../i18n";
import { State } from "./State";

export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <Words error={this.state.error} /> : this.props.children;
  }
}

function Words({ error }: { error: Error }) {
  const t = useT();
  return (
    <State
      title={t("trouble.crash")}
      alert
      action={{ label: t("trouble.reload"), onClick: () => window.location.reload() }}
    >
      {error.message}
    </State>
  );
}
