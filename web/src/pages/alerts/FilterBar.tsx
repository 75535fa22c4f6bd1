import { SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import { onCommand } from "../../app/useHotkeys";
import { Choice } from "../../ui/Choice";
import { usePatchSearch, useSearchState } from "../../url/search";
import type { Alert, AlertFilter } from "./alerts";
import styles from "./alerts.module.css";

/** What the address narrows the page down to. */
export function useAlertFilter(): AlertFilter {
  const search = useSearchState();
  return {
    state: search["state"] ?? "",
    severity: search["severity"] ?? "",
    model: search["model"] ?? "",
    text: search["q"] ?? "",
  };
}

/** Narrows the page down by state, severity, model and text. */
export function FilterBar({ alerts, severities }: { alerts: readonly Alert[]; severities: readonly string[] }) {
  const patch = usePatchSearch();
  const filter = useAlertFilter();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => onCommand("search", () => field.current?.focus()), []);
  const count = (state: string) => alerts.filter((alert) => alert.state === state).length;
  const models = [...new Set(alerts.flatMap(({ model }) => model ?? []))].sort();
  const change = (key: string) => (value: string) => patch({ [key]: value || undefined }, { replace: true });
  return (
    <search className={styles["filters"]} aria-label="Narrow down">
      <SegmentedControl
        size="xs"
        aria-label="State"
        value={filter.state || "all"}
        onChange={(value) => change("state")(value === "all" ? "" : value)}
        data={[
          { value: "all", label: "All" },
          { value: "firing", label: `Firing ${count("firing")}` },
          { value: "pending", label: `Pending ${count("pending")}` },
          { value: "inactive", label: "Inactive" },
        ]}
      />
      <Choice
        label="Severity"
        all="Any severity"
        value={filter.severity}
        options={severities}
        onChange={change("severity")}
      />
      <Choice label="Model" all="Any model" value={filter.model} options={models} onChange={change("model")} />
      <TextInput
        ref={field}
        size="xs"
        className={styles["search"] ?? ""}
        aria-label="Look for an alert or a rule"
        placeholder="Name, label or text"
        value={filter.text}
        onChange={(event) => change("q")(event.currentTarget.value)}
      />
    </search>
  );
}
