import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { onCommand } from "../../app/useHotkeys";
import { QueryField } from "../../editors/QueryField";
import { usePageTime } from "../../time/TimeProvider";
import type { ExploreQuery, View } from "../../url/explore";
import { ChartResult } from "./ChartResult";
import styles from "./QueryPanel.module.css";
import { TableResult } from "./TableResult";

interface QueryPanelProps {
  /** Its place on the page, from 1. */
  readonly number: number;
  readonly query: ExploreQuery;
  readonly onChange: (query: ExploreQuery) => void;
  /** null where it is the only one. */
  readonly onRemove: (() => void) | null;
}

/** A query with its answer below it, as a chart over the page's time or as a table of its end. */
export function QueryPanel({ number, query, onChange, onRemove }: QueryPanelProps) {
  const { refreshNow } = usePageTime();
  const [draft, setDraft] = useState(query.expr);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => setDraft(query.expr), [query.expr]);
  useEffect(() => {
    if (number !== 1) return;
    return onCommand("search", () => field.current?.querySelector<HTMLElement>("[contenteditable], textarea")?.focus());
  }, [number]);
  const run = () => {
    const expr = draft.trim();
    if (expr === query.expr) refreshNow();
    else onChange({ ...query, expr });
  };
  return (
    <section className={styles["panel"]} aria-label={`Query ${number}`}>
      <div className={styles["head"]}>
        <div ref={field} className={styles["field"]}>
          <QueryField value={draft} label={`Query ${number}, PromQL`} onChange={setDraft} onRun={run} />
        </div>
        <Button size="xs" className={styles["run"] ?? ""} onClick={run}>
          Run
        </Button>
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={query.view}
          onChange={(view) => onChange({ ...query, expr: draft.trim(), view: view as View })}
          data={[
            { value: "chart", label: "Chart" },
            { value: "table", label: "Table" },
          ]}
        />
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" aria-label="Remove this query" title="Remove" onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      {query.expr !== "" &&
        (query.view === "chart" ? <ChartResult expr={query.expr} /> : <TableResult expr={query.expr} />)}
    </section>
  );
}
