import type { Search } from "./search";

export type View = "chart" | "table";

/** One query of Explore. */
export interface ExploreQuery {
  readonly expr: string;
  readonly view: View;
}

const KEY = /^g(\d+)\.(\w+)$/;
const KEYS_OF_A_QUERY = ["expr", "tab"] as const;

/**
 * The queries in an address. The keys are Prometheus's own: `g0.expr`, and `g0.tab`, which is `graph`
 * or `0` for a chart. Ours leave the tab out for a chart, Prometheus's leave it out for a table.
 */
export function queriesIn(search: Search): readonly ExploreQuery[] {
  const foreign = isForeign(search);
  const queries: ExploreQuery[] = [];
  for (const index of indexesIn(search)) {
    const expr = search[`g${index}.expr`];
    if (expr === undefined) continue;
    const tab = search[`g${index}.tab`];
    const chart = tab === "graph" || tab === "0" || (tab === undefined && !foreign);
    queries.push({ expr, view: chart ? "chart" : "table" });
  }
  return queries;
}

/** The change of the address that makes these its queries, and nothing else of an older state. */
export function patchFor(search: Search, queries: readonly ExploreQuery[]): Search {
  const cleared = Object.fromEntries(
    Object.keys(search)
      .filter((key) => KEY.test(key))
      .map((key) => [key, undefined]),
  );
  const written = queries.flatMap(({ expr, view }, index) => [
    [`g${index}.expr`, expr],
    [`g${index}.tab`, view === "table" ? "table" : undefined],
  ]);
  return { ...cleared, ...Object.fromEntries(written) };
}

/**
 * What a link from Prometheus means here, as a change of the address; null for an address of ours.
 * The time of its first panel becomes the page's.
 */
export function importForeign(search: Search): Search | null {
  if (!isForeign(search)) return null;
  const [first = 0] = indexesIn(search);
  return { ...patchFor(search, queriesIn(search)), ...timeOf(search, first) };
}

/** Prometheus's pages write more about a query than its text and tab; ours never do. */
function isForeign(search: Search): boolean {
  return Object.keys(search).some((key) => {
    const part = KEY.exec(key)?.[2];
    return part !== undefined && !(KEYS_OF_A_QUERY as readonly string[]).includes(part);
  });
}

function timeOf(search: Search, index: number): Search {
  const range = search[`g${index}.range_input`];
  const end = search[`g${index}.end_input`] ?? search[`g${index}.moment_input`];
  const rangeMs = durationMs(range ?? "1h");
  if (rangeMs === null) return {};
  const endMs = end ? Date.parse(`${end.replace(" ", "T")}Z`) : Number.NaN;
  if (Number.isNaN(endMs)) return { from: `now-${Math.round(rangeMs / 1_000)}s`, to: "now" };
  return { from: String(endMs - rangeMs), to: String(endMs) };
}

/** A duration as Prometheus writes it, such as `1h30m` or `2d`. */
function durationMs(text: string): number | null {
  const units: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8, y: 3.1536e10 };
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text.trim()) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0);
}

function indexesIn(search: Search): readonly number[] {
  const indexes = Object.keys(search).flatMap((key) => {
    const match = KEY.exec(key);
    return match ? [Number(match[1])] : [];
  });
  return [...new Set(indexes)].sort((a, b) => a - b);
}
