import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Direction, type LogLine, queryLogs, windowOf } from "../../api/loki";
import type { MatrixSeries } from "../../api/prometheus";
import type { Timed } from "../../api/useTimed";
import { nanosOf } from "../../time/nanos";
import type { Interval } from "../../time/range";
import { type Ask, LogReader, MOST_FOLLOWED, PAGE_LINES } from "./LogReader";

const POLL_MS = 1_000;
const MOST_WAITING = 4 * MOST_FOLLOWED;

export interface LogsAsked {
  readonly query: string;
  readonly interval: Interval;
  readonly direction: Direction;
  readonly stepS: number;
  /** Whether lines written later are shown as well. */
  readonly follow: boolean;
}

export interface CountedSeries {
  readonly list: readonly MatrixSeries[];
  readonly interval: Interval;
  readonly stepS: number;
}

/** What is known of a query's answer. */
interface Shown {
  /** Of which question; while a new one is under way, this is the one before. */
  readonly of: object;
  readonly lines: readonly LogLine[];
  /** Of a query that counts: its series, and the time and steps that they are over. */
  readonly series: CountedSeries | null;
  readonly complete: boolean;
  readonly crowded: number;
  readonly updatedMs: number;
}

/** The lines of a query, piece by piece; while they are followed, also those that are written meanwhile. */
export function useLogs({ query, interval, direction, stepS, follow }: LogsAsked) {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const [fetching, setFetching] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [waiting, setWaiting] = useState(0);
  const paused = useRef(false);
  const running = useRef<AbortController | null>(null);
  const window = useFrozen(interval, follow);
  const step = useRef(stepS);
  step.current = stepS;

  /** Of the question before: who has read on is not thrown back to the first page by a refresh. */
  const before = useRef<{ readonly query: string; readonly lines: number } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads anew.
  const reader = useMemo(() => {
    const ask: Ask = (range, limit, way, signal) =>
      queryLogs(query, range, { limit, direction: way, stepS: step.current }, signal);
    const held = before.current?.query === query ? before.current.lines : 0;
    return new LogReader(ask, windowOf(window), direction, Math.max(PAGE_LINES, held));
  }, [query, window, direction, attempt]);

  const show = useCallback(() => {
    const { lines, series, complete, crowded } = reader;
    const counted = series && { list: series, interval: window, stepS: step.current };
    setShown({ of: reader, lines, series: counted, complete, crowded: crowded.size, updatedMs: Date.now() });
    setWaiting(0);
    before.current = { query, lines: lines.length };
  }, [reader, window, query]);

  const more = useCallback(async () => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setFetching(true);
    setError(null);
    try {
      await reader.more(control.signal);
      if (!control.signal.aborted) show();
    } catch (failure) {
      if (!control.signal.aborted) setError(failure as Error);
    } finally {
      if (running.current === control) setFetching(false);
    }
  }, [reader, show]);

  useEffect(() => {
    if (query === "") return;
    void more();
    return () => running.current?.abort();
  }, [query, more]);

  const ready = shown?.of === reader;
  useEffect(() => {
    if (!follow || !ready || reader.series !== null) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const poll = async () => {
      try {
        if (!document.hidden && reader.lines.length < MOST_WAITING) {
          const found = await reader.poll(nanosOf(Date.now()), control.signal);
          if (paused.current) setWaiting((count) => count + found);
          else if (found > 0) {
            reader.trim(MOST_FOLLOWED);
            show();
          }
          setError(null);
        }
      } catch (failure) {
        if (!control.signal.aborted) setError(failure as Error);
      }
      if (!control.signal.aborted) timer = setTimeout(poll, POLL_MS);
    };
    timer = setTimeout(poll, POLL_MS);
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [follow, ready, reader, show]);

  /** While paused, what comes in is counted and not shown. */
  const setPaused = useCallback(
    (wanted: boolean) => {
      if (paused.current && !wanted) {
        reader.trim(MOST_FOLLOWED);
        show();
      }
      paused.current = wanted;
    },
    [reader, show],
  );

  const answer: Timed<Shown> = {
    data: shown,
    error,
    fetching,
    updatedMs: shown?.updatedMs ?? 0,
    retry: () => (ready ? void more() : setAttempt((count) => count + 1)),
    cancel: () => {
      running.current?.abort();
      setFetching(false);
    },
  };
  return { answer, shown, waiting, more, setPaused };
}

/** A value that stands still as long as `frozen`. */
function useFrozen<T>(value: T, frozen: boolean): T {
  const held = useRef(value);
  if (!frozen) held.current = value;
  return held.current;
}
