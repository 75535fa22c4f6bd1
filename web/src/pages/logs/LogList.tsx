import { Button, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { LogLine } from "../../api/loki";
import { formatCount } from "../../format/numbers";
import { isLive } from "../../time/range";
import { usePageTime } from "../../time/TimeProvider";
import { EmptyState } from "../../ui/EmptyState";
import { LogRow } from "./LogRow";
import { namesOf } from "./lines";
import styles from "./logs.module.css";
import type { LogsView } from "./logsView";
import type { useLogs } from "./useLogs";

const ROW_PX = 24;
const OVERSCAN = 12;
const NONE: readonly LogLine[] = [];
/** So near to the newest line, one still follows. */
const EDGE_PX = 40;

interface LogListProps {
  readonly view: LogsView;
  readonly query: string;
  /** Texts that are marked in lines. */
  readonly wanted: readonly string[];
  readonly logs: ReturnType<typeof useLogs>;
}

/** Lines below each other, of which only those in sight are drawn. */
export function LogList({ view, query, wanted, logs }: LogListProps) {
  const { shown, waiting, setPaused, more, answer } = logs;
  const lines = shown?.lines ?? NONE;
  const names = useMemo(() => namesOf(lines), [lines]);
  const newestFirst = view.order === "newest";
  const at = (index: number) => lines[newestFirst ? lines.length - 1 - index : index] as LogLine;
  const precise = useMemo(() => lines.some(({ ns }) => ns % 1_000_000n !== 0n), [lines]);
  const place = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const within = useRef(false);
  const atEdge = useRef(true);
  // Lines that come before the one that is read must not push it away.
  const reading = !view.follow && (open.size > 0 || within.current || !atEdge.current);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => names.get(at(index)) ?? index,
    overscan: OVERSCAN,
    anchorTo: reading ? "end" : "start",
  });
  const toEdge = () => {
    rows.scrollToIndex(newestFirst ? 0 : lines.length - 1);
    atEdge.current = true;
    setOpen(new Set());
    setPaused(false);
  };
  const onScroll = () => {
    const node = place.current;
    if (!node) return;
    const distance = newestFirst ? node.scrollTop : node.scrollHeight - node.clientHeight - node.scrollTop;
    atEdge.current = distance < EDGE_PX;
    if (view.follow) setPaused(open.size > 0 || !atEdge.current);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is new, the newest line stays in sight.
  useLayoutEffect(() => {
    if (view.follow && atEdge.current && lines.length > 0) rows.scrollToIndex(newestFirst ? 0 : lines.length - 1);
  }, [shown]);
  useEffect(() => {
    // Who reads a line's details does not want it to run away.
    setPaused(view.follow && (open.size > 0 || !atEdge.current));
  }, [view.follow, open.size, setPaused]);

  const toggle = useCallback((name: string) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  }, []);
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const focused = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (by === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const index = focused ? Number(focused.dataset["index"]) + by : 0;
    if (index < 0 || index >= lines.length) return;
    const focus = () => {
      const row = place.current?.querySelector<HTMLElement>(`[data-index="${index}"] button[aria-expanded]`);
      row?.focus({ preventScroll: true });
      return row !== undefined && row !== null;
    };
    rows.scrollToIndex(index, { align: "auto" });
    // At once where it is drawn: the next key may come before the next frame.
    if (!focus()) requestAnimationFrame(focus);
  };

  if (lines.length === 0) return <NoLines follow={view.follow} />;
  const readsBackward = view.follow || newestFirst;
  return (
    <>
      {!shown?.complete && readsBackward !== newestFirst && <More onMore={more} busy={answer.fetching} name="older" />}
      <div className={styles["list"]}>
        {waiting > 0 && (
          <UnstyledButton className={styles["waiting"]} data-edge={newestFirst ? "top" : "bottom"} onClick={toEdge}>
            {waiting === 1 ? "1 new line" : `${formatCount(waiting)} new lines`}
          </UnstyledButton>
        )}
        <section
          ref={place}
          className={styles["scroll"]}
          aria-label="Log lines"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard.
          tabIndex={0}
          onScroll={onScroll}
          onFocus={({ target }) => {
            within.current = target !== place.current;
          }}
          onBlur={() => {
            within.current = false;
          }}
          onKeyDown={step}
        >
          <div className={styles["sizer"]} style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ key, index, start }) => {
              const line = at(index);
              const name = names.get(line) ?? "";
              return (
                <LogRow
                  key={key}
                  ref={rows.measureElement}
                  index={index}
                  startPx={start}
                  line={line}
                  query={query}
                  wanted={wanted}
                  wrap={view.wrap}
                  precise={precise}
                  name={name}
                  open={open.has(name)}
                  onToggle={toggle}
                />
              );
            })}
          </div>
        </section>
      </div>
      {readsBackward === newestFirst && (
        <End
          complete={shown?.complete ?? true}
          busy={answer.fetching}
          onMore={more}
          name={newestFirst ? "older" : "newer"}
        />
      )}
    </>
  );
}

function NoLines({ follow }: { follow: boolean }) {
  const { range } = usePageTime();
  return (
    <EmptyState title={follow ? "No line yet; the next one appears here." : "No line in this time is like that."}>
      {isLive(range) && !follow
        ? "Choose a longer time, or follow what comes."
        : "Take a condition away, or choose another time."}
    </EmptyState>
  );
}

interface MoreProps {
  readonly busy: boolean;
  readonly name: "older" | "newer";
  readonly onMore: () => void;
}

function End({ complete, ...rest }: MoreProps & { complete: boolean }) {
  if (!complete) return <More {...rest} />;
  return <p className={styles["end"]}>No {rest.name} lines in this time.</p>;
}

function More({ busy, name, onMore }: MoreProps) {
  return (
    <div className={styles["end"]}>
      <Button variant="default" size="xs" loading={busy} onClick={onMore}>
        Load {name} lines
      </Button>
    </div>
  );
}
