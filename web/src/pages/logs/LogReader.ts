import type { Direction, LogAnswer, LogLine, LogWindow } from "../../api/loki";
import type { MatrixSeries } from "../../api/prometheus";
import type { Nanos } from "../../time/nanos";
import { countAt, merged, newLines } from "./lines";

/** Asks for the first `limit` lines of a window in a direction. */
export type Ask = (window: LogWindow, limit: number, direction: Direction, signal?: AbortSignal) => Promise<LogAnswer>;

export const PAGE_LINES = 500;
/** The most that a server answers at once. */
export const MOST_AT_ONCE = 5_000;
/** The most that is kept while new lines come in. */
export const MOST_FOLLOWED = 5_000;

const OVERLAP_NS = 3_000_000_000n;
/** How far the clocks of servers may be ahead of the browser's. */
const AHEAD_NS = 3_600_000_000_000n;
const MOST_POLLS = 5;

/**
 * Reads the lines of one query piece by piece: more of them at the end of what is held, and those that are
 * written after it. A piece begins at the time of the last line held and not behind it, because one time may
 * have more lines than a piece; what comes twice by that is taken out again.
 */
export class LogReader {
  /** Oldest first, whatever the direction. */
  lines: readonly LogLine[] = [];
  /** What a query yields that counts lines; null for one that shows them. */
  series: readonly MatrixSeries[] | null = null;
  /** Whether the window has no more lines in the reading direction. */
  complete = false;
  /** Times that have more lines than a server answers at once; those in excess are not shown. */
  readonly crowded = new Set<Nanos>();

  constructor(
    private readonly ask: Ask,
    private readonly window: LogWindow,
    readonly direction: Direction,
    /** How many lines the first piece has. */
    private readonly first: number = PAGE_LINES,
  ) {}

  /** Reads the first piece, or the next one. */
  async more(signal?: AbortSignal): Promise<void> {
    const edge = this.direction === "backward" ? this.lines[0]?.ns : this.lines.at(-1)?.ns;
    const wanted = edge === undefined ? this.first : PAGE_LINES + countAt(this.lines, edge);
    const limit = Math.min(MOST_AT_ONCE, wanted);
    const answer = await this.ask(this.#rest(edge), limit, this.direction, signal);
    if (answer.kind === "series") {
      this.series = answer.series;
      this.complete = true;
      return;
    }
    const fresh = newLines(this.lines, answer.lines);
    this.complete = answer.lines.length < limit;
    if (fresh.length === 0 && !this.complete && edge !== undefined) this.crowded.add(edge);
    if (this.direction === "backward") this.lines = merged(this.lines, [...fresh].reverse(), "before");
    else this.lines = merged(this.lines, fresh, "after");
  }

  /**
   * Reads what has been written since, of a reader that reads backward. Looks back a little, so that a line
   * which arrived late is not missed.
   *
   * @returns how many lines are new
   */
  async poll(nowNs: Nanos, signal?: AbortSignal): Promise<number> {
    let found = 0;
    let from = this.#pollFrom();
    for (let i = 0; i < MOST_POLLS; i++) {
      const window = { startNs: from, endNs: nowNs + AHEAD_NS };
      const answer = await this.ask(window, MOST_AT_ONCE, "forward", signal);
      if (answer.kind === "series") return 0;
      const fresh = newLines(this.lines, answer.lines);
      this.lines = merged(this.lines, fresh, "after");
      found += fresh.length;
      const last = answer.lines.at(-1)?.ns;
      if (answer.lines.length < MOST_AT_ONCE || last === undefined) break;
      if (last === from) this.crowded.add(last);
      from = last === from ? last + 1n : last;
    }
    return found;
  }

  /** Lets go of the oldest lines beyond a number; they can be read again. */
  trim(most: number): void {
    if (this.lines.length <= most) return;
    this.lines = this.lines.slice(-most);
    this.complete = false;
  }

  /** What of the window lies at the edge or beyond it; a crowded edge is left behind. */
  #rest(edge: Nanos | undefined): LogWindow {
    if (edge === undefined) return this.window;
    const step = this.crowded.has(edge) ? 0n : 1n;
    if (this.direction === "backward") return { ...this.window, endNs: edge + step };
    return { ...this.window, startNs: edge + 1n - step };
  }

  /** A little before the newest line, but not where lines are that have not been read yet. */
  #pollFrom(): Nanos {
    const newest = this.lines.at(-1)?.ns ?? this.window.endNs;
    const oldest = this.lines[0]?.ns ?? newest;
    const unread = oldest < newest ? oldest + 1n : newest;
    const floor = this.complete ? this.window.startNs : unread;
    const back = newest - OVERLAP_NS;
    return back > floor ? back : floor;
  }
}
