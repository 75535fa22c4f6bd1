import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Interval } from "../time/range";
import { usePageTime } from "../time/TimeProvider";

/** What is known about a question that is asked again with every tick. */
export interface Timed<T> {
  /** The newest answer; stays while the next one is under way, and when that fails. */
  readonly data: T | undefined;
  /** Why the last attempt failed; null after a good one. */
  readonly error: Error | null;
  readonly fetching: boolean;
  /** When `data` arrived, Unix milliseconds; 0 before the first. */
  readonly updatedMs: number;
  retry(): void;
  /** Gives up the attempt that is under way; the next tick asks again. */
  cancel(): void;
}

/**
 * Asks once, and again whenever the page's time moves on or `resolution` changes. The key names the
 * question without its time, so that the old answer stays on the screen until the new one is there.
 */
export function useTimed<T>(
  key: QueryKey,
  ask: (interval: Interval, signal: AbortSignal) => Promise<T>,
  { resolution = 0, enabled = true }: { resolution?: number; enabled?: boolean } = {},
): Timed<T> {
  const { interval } = usePageTime();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(interval, signal),
    placeholderData: (previous) => previous,
    enabled,
  });
  const { refetch } = query;
  const asked = useRef({ interval, resolution });
  useEffect(() => {
    const before = asked.current;
    if (before.interval === interval && before.resolution === resolution) return;
    asked.current = { interval, resolution };
    if (enabled) void refetch({ cancelRefetch: true });
  }, [interval, resolution, enabled, refetch]);

  return {
    data: query.data,
    error: query.error,
    fetching: query.isFetching,
    updatedMs: query.dataUpdatedAt,
    retry: () => void refetch(),
    cancel: () => void client.cancelQueries({ queryKey: key, exact: true }),
  };
}

/**
 * The same for what costs the server much: asks anew only when the page's time has moved on by `stepMs`, however often
 * the page is refreshed.
 */
export function useStepped<T>(
  key: QueryKey,
  stepMs: number,
  ask: (interval: Interval, signal: AbortSignal) => Promise<T>,
): Timed<T> {
  const { interval } = usePageTime();
  const client = useQueryClient();
  const steps = [interval.startMs, interval.endMs].map((ms) => Math.floor(ms / stepMs));
  const queryKey = [...key, ...steps];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(interval, signal),
    placeholderData: (previous) => previous,
  });
  return {
    data: query.data,
    error: query.error,
    fetching: query.isFetching,
    updatedMs: query.dataUpdatedAt,
    retry: () => void query.refetch(),
    cancel: () => void client.cancelQueries({ queryKey, exact: true }),
  };
}
