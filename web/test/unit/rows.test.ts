import { afterEach, describe, expect, it, vi } from "vitest";
import { type Prediction, readPrediction } from "../../src/api/models";
import { splitsOf } from "../../src/pages/model/performance/useSplits";
import { filterIn, matches, parseSegment } from "../../src/pages/model/predictions/filter";
import { readMatching } from "../../src/pages/model/predictions/reading";

const RIGHT = row({ prediction: "a", ground_truth: { value: "a" }, features: { country: "ES", age: 34 } });
const WRONG = row({ prediction: "a", ground_truth: { value: "b" }, tags: { client: "web" } });
const OPEN = row({ prediction: "b" });

afterEach(() => vi.unstubAllGlobals());

describe("a filter of predictions", () => {
  const kept = (search: Record<string, string>) =>
    [RIGHT, WRONG, OPEN]
      .filter((one) => matches(one, filterIn(search)))
      .map((one) => [RIGHT, WRONG, OPEN].indexOf(one));

  it("asks for what was said, what was true, and whether that agrees", () => {
    expect(kept({})).toEqual([0, 1, 2]);
    expect(kept({ predicted: "a" })).toEqual([0, 1]);
    expect(kept({ truth: "b", predicted: "a" })).toEqual([1]);
    expect(kept({ outcome: "wrong" })).toEqual([1]);
    expect(kept({ outcome: "right" })).toEqual([0]);
    expect(kept({ outcome: "without truth" })).toEqual([2]);
    expect(kept({ outcome: "sideways" })).toEqual([0, 1, 2]);
  });

  it("asks for a segment over features and tags", () => {
    expect(kept({ segment: 'country="ES"' })).toEqual([0]);
    expect(kept({ segment: 'client="web"' })).toEqual([1]);
    expect(kept({ segment: 'country="ES",client="web"' })).toEqual([]);
    expect(kept({ segment: 'age="[30, 40)"' })).toEqual([0]);
    expect(kept({ segment: 'age="(34, 40]"' })).toEqual([]);
    expect(kept({ segment: 'age="34"' })).toEqual([0]);
  });

  it("reads what a segment says, or that it says nothing", () => {
    expect([...(parseSegment('a="1", b="x, \\"y\\""') ?? [])]).toEqual([
      ["a", "1"],
      ["b", 'x, "y"'],
    ]);
    expect([...(parseSegment('"two words"="1"') ?? [])]).toEqual([["two words", "1"]]);
    expect(parseSegment("a=1")).toBeNull();
    expect(parseSegment('a="1" b="2"')).toBeNull();
  });
});

describe("reading what is like that", () => {
  it("goes on through the server's pages until enough is found, and says how far it looked", async () => {
    const asked = serve(2_000);
    const page = await readMatching("m", { startMs: 0, endMs: 1 }, { outcome: "wrong" }, null);
    expect(asked).toHaveLength(1);
    expect(page).toMatchObject({ looked: 500, cursor: "500", oldestMs: 499 });
    expect(page.predictions).toHaveLength(50);
  });

  it("gives up after five thousand, and can go on from there", async () => {
    const asked = serve(20_000);
    const page = await readMatching("m", { startMs: 0, endMs: 1 }, { predicted: "never" }, null);
    expect(page).toMatchObject({ looked: 5_000, cursor: "5000", predictions: [] });
    await readMatching("m", { startMs: 0, endMs: 1 }, { predicted: "never" }, page.cursor);
    expect(asked.at(10)?.get("cursor")).toBe("5000");
  });

  it("leaves to the server what the server can do", async () => {
    const asked = serve(2_000);
    const page = await readMatching("m", { startMs: 0, endMs: 1 }, { version: "2" }, null);
    expect(asked.map((one) => [one.get("version"), one.get("limit")])).toEqual([["2", "50"]]);
    expect(page.predictions).toHaveLength(50);
  });
});

describe("what predictions can be split by", () => {
  it("has a few values that come again, or is a number", () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      row({
        features: { text: `text ${index}`, country: ["ES", "DE"][index % 2] as string, age: index, same: "x" },
        tags: { request_id: `r${index}`, client: ["web", "app"][index % 2] as string },
      }),
    );
    expect(splitsOf(rows)).toEqual(["age", "client", "country"]);
  });
});

function row(fields: Parameters<typeof readPrediction>[0]): Prediction {
  return readPrediction({ id: "1", time: 0, ...fields });
}

/** A server with as many predictions, every tenth of them wrong; the answer is what it was asked for. */
function serve(count: number): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    const parameters = new URL(url, "http://x").searchParams;
    asked.push(parameters);
    const from = Number(parameters.get("cursor") ?? 0);
    const to = Math.min(count, from + Number(parameters.get("limit")));
    const predictions = Array.from({ length: to - from }, (_, index) => {
      const place = from + index;
      return { id: `${place}`, time: place, prediction: "a", ground_truth: { value: place % 10 === 0 ? "b" : "a" } };
    });
    return Promise.resolve(
      new Response(JSON.stringify({ predictions, ...(to < count ? { cursor: String(to) } : {}) })),
    );
  });
  return asked;
}
