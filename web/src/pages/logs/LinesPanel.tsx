import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconTextWrap } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Timed } from "../../api/useTimed";
import { formatCount } from "../../format/numbers";
import { isLive } from "../../time/range";
import { usePageTime } from "../../time/TimeProvider";
import { Panel } from "../../ui/Panel";
import { Skeleton } from "../../ui/Skeleton";
import { usePatchSearch } from "../../url/search";
import { placeOf, QueryFailure } from "../explore/QueryFailure";
import { asNdjson, asText, download } from "./download";
import { LogList } from "./LogList";
import { wantedTexts } from "./logql";
import styles from "./logs.module.css";
import { type LogsView, logsViewPatch } from "./logsView";
import type { useLogs } from "./useLogs";

interface LinesPanelProps {
  readonly view: LogsView;
  readonly query: string;
  readonly logs: ReturnType<typeof useLogs>;
  readonly labelsAnswer: Timed<unknown>;
}

/** The lines, with how they are shown and what can be done with all of them. */
export function LinesPanel({ view, query, logs, labelsAnswer }: LinesPanelProps) {
  const { answer, shown } = logs;
  const wanted = useMemo(() => wantedTexts(query), [query]);
  const lines = shown?.lines ?? [];
  const failed = answer.error;
  const misspelt = failed !== null && placeOf(failed.message, query) !== null;
  return (
    <Panel
      title="Lines"
      note={shown && countOf(lines.length, shown.complete)}
      actions={<Tools view={view} lines={lines} />}
      flush
      shape={null}
      answer={query === "" ? labelsAnswer : { ...answer, error: misspelt ? null : failed }}
    >
      {misspelt && <QueryFailure expr={query} error={failed} onRetry={answer.retry} />}
      {shown && shown.crowded > 0 && (
        <p className={styles["tools"]}>
          {shown.crowded === 1 ? "One moment has" : `${shown.crowded} moments have`} more lines than the server answers
          at once; a narrower query shows them.
        </p>
      )}
      {!shown && !failed && <Skeleton shape="rows" />}
      {shown && <LogList view={view} query={query} wanted={wanted} logs={logs} />}
    </Panel>
  );
}

function countOf(count: number, complete: boolean): string {
  const text = count === 1 ? "1 line" : `${formatCount(count)} lines`;
  return complete ? text : `${text}, and more`;
}

function Tools({ view, lines }: { view: LogsView; lines: NonNullable<LinesPanelProps["logs"]["shown"]>["lines"] }) {
  const { range } = usePageTime();
  const patch = usePatchSearch();
  const follow = () => {
    const live = isLive(range) ? {} : { from: undefined, to: undefined };
    patch({ ...logsViewPatch({ follow: !view.follow }), ...(view.follow ? {} : live) });
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Order"
        value={view.order}
        onChange={(order) => patch(logsViewPatch({ order: order as LogsView["order"] }), { replace: true })}
        data={[
          { value: "newest", label: "Newest first" },
          { value: "oldest", label: "Oldest first" },
        ]}
      />
      <ActionIcon
        variant={view.wrap ? "light" : "subtle"}
        color={view.wrap ? "indigo" : "gray"}
        aria-label="Wrap long lines"
        aria-pressed={view.wrap}
        title="Wrap long lines"
        onClick={() => patch(logsViewPatch({ wrap: !view.wrap }), { replace: true })}
      >
        <IconTextWrap size={16} stroke={1.75} />
      </ActionIcon>
      <DownloadButton name="Download as text" onClick={() => download("logs.txt", "text/plain", asText(lines))} />
      <DownloadButton
        name="Download as JSON"
        label="JSON"
        onClick={() => download("logs.ndjson", "application/x-ndjson", asNdjson(lines))}
      />
      <Button
        size="compact-sm"
        variant={view.follow ? "filled" : "default"}
        aria-pressed={view.follow}
        leftSection={view.follow ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
        onClick={follow}
      >
        {view.follow ? "Following" : "Follow"}
      </Button>
    </>
  );
}

function DownloadButton({ name, label, onClick }: { name: string; label?: string; onClick: () => void }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      aria-label={name}
      title={`${name}: the lines that are loaded`}
      leftSection={<IconDownload size={15} stroke={1.75} />}
      onClick={onClick}
    >
      {label ?? "Text"}
    </Button>
  );
}
