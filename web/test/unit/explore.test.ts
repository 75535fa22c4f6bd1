import { describe, expect, it } from "vitest";
import { placeOf } from "../../src/pages/explore/QueryFailure";
import { rowsOf } from "../../src/pages/explore/TableResult";
import { importForeign, patchFor, queriesIn } from "../../src/url/explore";
import { parseSearch, stringifySearch } from "../../src/url/search";

describe("an address", () => {
  it("keeps every value as the text that it is", () => {
    const text = "?from=now-15m&to=now&x=007&g0.expr=rate%28up%5B5m%5D%29";
    expect(parseSearch(text)).toEqual({ from: "now-15m", to: "now", x: "007", "g0.expr": "rate(up[5m])" });
    expect(stringifySearch(parseSearch(text))).toBe(text);
  });

  it("leaves out what has no value", () => {
    expect(stringifySearch({ from: undefined, to: "" })).toBe("");
  });
});

describe("queries in an address", () => {
  it("are read and written under Prometheus's own keys", () => {
    const queries = [
      { expr: "up", view: "chart" },
      { expr: 'a{b="c&d"} + 1', view: "table" },
    ] as const;
    const patch = patchFor({ from: "now-1h", "g0.expr": "old", "g5.expr": "older" }, queries);
    expect(patch["g5.expr"]).toBeUndefined();
    expect(queriesIn(parseSearch(stringifySearch(patch)))).toEqual(queries);
  });

  it("of a link from Prometheus become ours, with its time", () => {
    const link = parseSearch(
      "?g0.expr=up&g0.tab=1&g0.range_input=30m&g1.expr=rate(x[1m])&g1.show_tree=0&g1.tab=graph&g1.range_input=1h",
    );
    const patch = importForeign(link) ?? {};
    expect(patch).toMatchObject({ from: "now-1800s", to: "now", "g0.expr": "up", "g0.tab": "table" });
    expect(patch["g1.expr"]).toBe("rate(x[1m])");
    expect(patch["g1.tab"]).toBeUndefined();
    expect(Object.keys(patch)).toContain("g1.show_tree");
    expect(importForeign(parseSearch(stringifySearch(patch)))).toBeNull();
  });

  it("of a link with an end keep it, which Prometheus writes in UTC", () => {
    const link = parseSearch("?g0.expr=up&g0.range_input=1h30m&g0.end_input=2026-03-01 12:00:00");
    const end = Date.UTC(2026, 2, 1, 12);
    expect(importForeign(link)).toMatchObject({ from: String(end - 5_400_000), to: String(end) });
  });

  it("without a tab are tables in Prometheus's links and charts in ours", () => {
    expect(queriesIn({ "g0.expr": "up", "g0.range_input": "1h" })[0]?.view).toBe("table");
    expect(queriesIn({ "g0.expr": "up" })[0]?.view).toBe("chart");
  });
});

describe("the place of a failure", () => {
  it("is the column of the line that the message names", () => {
    expect(placeOf("1:4: parse error: unexpected end", "up{")).toEqual({ line: "up{", column: 4 });
    expect(placeOf("invalid parameter 'query': 2:1: parse error", "a +\n)")).toEqual({ line: ")", column: 1 });
  });

  it("is nowhere without one, or beyond the text", () => {
    expect(placeOf("query timed out", "up")).toBeNull();
    expect(placeOf("9:9: odd", "up")).toBeNull();
  });
});

it("every kind of result has rows", () => {
  const metric = { __name__: "up", job: "a" };
  expect(rowsOf({ resultType: "vector", result: [{ metric, value: [1, "+Inf"] }] })).toEqual([
    { name: 'up{job="a"}', value: "+Inf" },
  ]);
  expect(
    rowsOf({
      resultType: "matrix",
      result: [
        {
          metric,
          values: [
            [1, "2"],
            [3, "4"],
          ],
        },
      ],
    })[0]?.value,
  ).toBe("2 @1\n4 @3");
  expect(rowsOf({ resultType: "scalar", result: [1, "7"] })).toEqual([{ name: "scalar", value: "7" }]);
});
