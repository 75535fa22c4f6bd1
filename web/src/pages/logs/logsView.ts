import type { Search } from "../../url/search";

/** What the address says about the page, beside its time. */
export interface LogsView {
  /** null where the address names none. */
  readonly query: string | null;
  readonly order: "newest" | "oldest";
  readonly wrap: boolean;
  readonly follow: boolean;
}

export function readLogsView(search: Search): LogsView {
  return {
    query: search["query"]?.trim() || null,
    order: search["order"] === "oldest" ? "oldest" : "newest",
    wrap: search["wrap"] === "1",
    follow: search["follow"] === "1",
  };
}

/** The change of the address that makes it say this; what is usual is left out. */
export function logsViewPatch(change: Partial<LogsView>): Search {
  const patch: Record<string, string | undefined> = {};
  if (change.query !== undefined) patch["query"] = change.query ?? undefined;
  if (change.order !== undefined) patch["order"] = change.order === "oldest" ? "oldest" : undefined;
  if (change.wrap !== undefined) patch["wrap"] = change.wrap ? "1" : undefined;
  if (change.follow !== undefined) patch["follow"] = change.follow ? "1" : undefined;
  return patch;
}
