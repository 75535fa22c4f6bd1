import { afterEach, describe, expect, it, vi } from "vitest";
import { listPredictions, type Prediction, readPrediction } from "../../src/api/models";
import { splitsOf } from "../../src/pages/model/performance/useSplits";
import { filterIn, filterText, parseSegment } from "../../src/pages/model/predictions/filter";

afterEach(() => vi.unstubAllGlobals());

describe("a filter of predictions", () => {
  const asked = (search: Record<string, string>) => filterText(filterIn(search));

  it("asks for what was said, what was true, and whether that agrees", () => {
    expect(asked({})).toBeNull();
    expect(asked({ version: "2", outcome: "sideways" })).toBeNull();
    expect(asked({ truth: "b", predicted: 'a "\\' })).toBe('prediction = "a \\"\\\\" and truth = "b"');
    expect(asked({ outcome: "wrong" })).toBe("truth != prediction");
    expect(asked({ outcome: "right" })).toBe("truth = prediction");
    expect(asked({ outcome: "without truth" })).toBe("not has(truth)");
  });

  it("asks for a segment over features, and tags where there is no such feature", () => {
    const country = '(feature."country" = "ES" or not has(feature."country") and tag."country" = "ES")';
    expect(asked({ segment: 'country="ES"' })).toBe(country);
    expect(asked({ outcome: "wrong", segment: 'country="ES"' })).toBe(`truth != prediction and ${country}`);
    expect(asked({ segment: 'age="[30, 45)"' })).toContain(' or feature."age" >= 30 and feature."age" < 45)');
    expect(asked({ segment: 'age="(-∞, 1.5e+3]"' })).toContain(' or feature."age" <= 1.5e+3)');
    expect(asked({ segment: 'age="missing"' })).toBe('not has(feature."age") and not has(tag."age")');
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

describe("a list of predictions", () => {
  it("leaves the filter to the server, and says how far that looked", async () => {
    const asked = serve({ predictions: [{ id: "1", time: 7 }], cursor: "c", looked: 900, looked_to: 5 });
    const options = { version: "2", filter: "not has(truth)" };
    const page = await listPredictions("m", { startMs: 0, endMs: 1 }, "b", undefined, options);
    expect(page).toMatchObject({ cursor: "c", looked: 900, lookedToMs: 5 });
    expect(["version", "filter", "cursor", "limit"].map((name) => asked[0]?.get(name))).toEqual([
      "2",
      "not has(truth)",
      "b",
      "50",
    ]);
  });

  it("has looked at what it shows where nothing is filtered", async () => {
    serve({ predictions: [{ id: "1", time: 7 }] });
    const page = await listPredictions("m", { startMs: 0, endMs: 1 }, null);
    expect(page).toMatchObject({ cursor: null, looked: 1, lookedToMs: 7 });
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

/** A server that always answers the same; what it was asked for. */
function serve(page: object): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(new URL(url, "http://x").searchParams);
    return Promise.resolve(new Response(JSON.stringify(page)));
  });
  return asked;
}
