import { quoted } from "../api/scoring";
import type { Interval } from "../time/range";
import type { Search } from "./search";

const AROUND_MS = 60_000;

/** The address of Logs for a query; with an interval, also of a time. */
export function logsSearch(query: string, interval?: Interval): Search {
  const time = interval && { from: String(Math.floor(interval.startMs)), to: String(Math.ceil(interval.endMs)) };
  return { query, ...time };
}

/** The lines of a model, from a little before something began. */
export function logsOfModel(model: string, interval: Interval): Search {
  return logsSearch(`{model=${quoted(model)}}`, { startMs: interval.startMs - AROUND_MS, endMs: interval.endMs });
}

/** The lines that a model's call has left, by its request id. */
export function logsOfRequest(model: string, ids: readonly string[], timeMs: number): Search {
  const [only = ""] = ids;
  const condition = ids.length === 1 ? `=${quoted(only)}` : `=~${quoted(ids.map(literally).join("|"))}`;
  const query = `{model=${quoted(model)}} | request_id${condition}`;
  return logsSearch(query, { startMs: timeMs - AROUND_MS, endMs: timeMs + AROUND_MS });
}

/** A text as a regular expression that means nothing but it. */
function literally(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, "\\$&");
}
