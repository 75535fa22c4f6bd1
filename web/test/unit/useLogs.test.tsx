import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LogsAsked, useLogs } from "../../src/pages/logs/useLogs";

const NOW = Date.UTC(2026, 2, 1, 12);
const ASKED: LogsAsked = {
  query: '{a="1"}',
  interval: { startMs: NOW - 60_000, endMs: NOW },
  direction: "backward",
  stepS: 5,
  follow: false,
};

/** What the server has: times in milliseconds. */
let stored: [ms: number, line: string][] = [];
let refused: string | null = null;
let asked: URLSearchParams[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  stored = Array.from({ length: 700 }, (_, i) => [NOW - 1 - Math.floor(i / 7), `line ${i}`]);
  refused = null;
  asked = [];
  vi.stubGlobal("fetch", answer);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the lines of a query", () => {
  it("come page by page", async () => {
    const { result } = await open(ASKED);
    expect(result.current.shown).toMatchObject({ complete: false });
    expect(result.current.shown?.lines).toHaveLength(500);
    await act(() => result.current.more());
    expect(result.current.shown?.complete).toBe(true);
    expect(new Set(result.current.shown?.lines.map(({ line }) => line)).size).toBe(700);
  });

  it("stay until those of the next query are there", async () => {
    const { result, rerender } = await open(ASKED);
    const before = result.current.shown;
    refused = "parse error at line 1, col 3: odd";
    rerender({ ...ASKED, query: "{a" });
    await settle();
    expect(result.current.answer.error?.message).toBe(refused);
    expect(result.current.shown).toBe(before);
    refused = null;
    rerender({ ...ASKED, query: '{a="2"}' });
    await settle();
    expect(result.current.answer.error).toBeNull();
    expect(result.current.shown).not.toBe(before);
  });

  it("are as many as before when the page is asked for anew", async () => {
    const { result, rerender } = await open(ASKED);
    await act(() => result.current.more());
    stored.push([NOW + 500, "new"]);
    rerender({ ...ASKED, interval: { startMs: NOW - 59_000, endMs: NOW + 1_000 } });
    await settle();
    expect(lines(result)).toHaveLength(700);
    expect(lines(result).at(-1)).toBe("new");
  });

  it("are not asked for without a query", async () => {
    await open({ ...ASKED, query: "" });
    expect(asked).toHaveLength(0);
  });
});

describe("lines that are followed", () => {
  it("appear each second, while a page that moves on changes nothing", async () => {
    const { result, rerender } = await open({ ...ASKED, follow: true });
    const asks = asked.length;
    rerender({ ...ASKED, follow: true, interval: { startMs: NOW - 50_000, endMs: NOW + 10_000 } });
    await settle();
    expect(asked).toHaveLength(asks);
    stored.push([NOW + 500, "new"], [NOW - 30, "late"]);
    await second();
    expect(lines(result).slice(-1)).toEqual(["new"]);
    expect(lines(result)).toContain("late");
    expect(lines(result)).toHaveLength(502);
  });

  it("wait while one has scrolled away, and are counted", async () => {
    const { result } = await open({ ...ASKED, follow: true });
    act(() => result.current.setPaused(true));
    stored.push([NOW + 500, "one"]);
    await second();
    stored.push([NOW + 1_500, "two"]);
    await second();
    expect(result.current.waiting).toBe(2);
    expect(lines(result)).not.toContain("one");
    act(() => result.current.setPaused(false));
    expect(result.current.waiting).toBe(0);
    expect(lines(result).slice(-2)).toEqual(["one", "two"]);
  });

  it("go on after the server was away", async () => {
    const { result } = await open({ ...ASKED, follow: true });
    refused = "busy";
    await second();
    expect(result.current.answer.error?.message).toBe("busy");
    refused = null;
    stored.push([NOW + 500, "new"]);
    await second();
    expect(result.current.answer.error).toBeNull();
    expect(lines(result).at(-1)).toBe("new");
  });
});

async function open(initialProps: LogsAsked) {
  const hook = renderHook(useLogs, { initialProps });
  await settle();
  return hook;
}

function lines({ current }: { current: ReturnType<typeof useLogs> }): readonly string[] {
  return current.shown?.lines.map(({ line }) => line) ?? [];
}

/** Until everything that is under way has come. */
function settle() {
  return act(() => vi.advanceTimersByTimeAsync(0));
}

function second() {
  return act(() => vi.advanceTimersByTimeAsync(1_000));
}

function answer(address: string): Promise<Response> {
  const parameters = new URL(address, "http://server").searchParams;
  asked.push(parameters);
  if (refused) return Promise.resolve(new Response(refused, { status: 400 }));
  const [start, end] = ["start", "end"].map((key) => BigInt(parameters.get(key) ?? "0")) as [bigint, bigint];
  const sign = parameters.get("direction") === "forward" ? 1 : -1;
  const values = stored
    .map(([ms, line]) => [BigInt(ms) * 1_000_000n, line] as const)
    .filter(([ns]) => ns >= start && ns < end)
    .sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0))
    .slice(0, Number(parameters.get("limit")))
    .map(([ns, line]) => [String(ns), line]);
  const data = { resultType: "streams", result: [{ stream: { a: "1" }, values }] };
  return Promise.resolve(new Response(JSON.stringify({ status: "success", data })));
}
