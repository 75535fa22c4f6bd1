import { describe, expect, it } from "vitest";
import { type LogLine, linesOf } from "../../src/api/loki";
import { asNdjson, asText } from "../../src/pages/logs/download";
import { jsonFields, prettyJson } from "../../src/pages/logs/json";
import { levelOf } from "../../src/pages/logs/level";
import {
  defaultQuery,
  lineFilterOf,
  readLogQuery,
  volumeQuery,
  wantedTexts,
  withCondition,
  withLineFilter,
  withMatcher,
  writeLogQuery,
} from "../../src/pages/logs/logql";
import { logsViewPatch, readLogsView } from "../../src/pages/logs/logsView";
import { segmentsOf, withoutEscapes } from "../../src/pages/logs/segments";
import { barsOf, levelSums, wholeSteps } from "../../src/pages/logs/volume";
import { requestIdsOf } from "../../src/pages/model/predictions/PredictionDetails";
import { belowMillis, isoNanos, millisOf, nanosOf } from "../../src/time/nanos";
import { logsOfModel, logsOfRequest } from "../../src/url/logs";
import { parseSearch, stringifySearch } from "../../src/url/search";

describe("nanoseconds", () => {
  const ns = 1_772_366_400_123_456_789n;

  it("keep every digit", () => {
    expect(isoNanos(ns)).toBe("2026-03-01T12:00:00.123456789Z");
    expect(isoNanos(ns + 1n)).toBe("2026-03-01T12:00:00.123456790Z");
    expect(belowMillis(nanosOf(5))).toBe("000000");
    expect(millisOf(ns)).toBe(1_772_366_400_123);
    expect(nanosOf(1_772_366_400_123)).toBe(1_772_366_400_123_000_000n);
  });
});

describe("lines of an answer", () => {
  it("are read in both forms, without a time passing through a double", () => {
    const plain = linesOf([{ stream: { a: "1" }, values: [["1772366400123456789", "x"]] }], "backward");
    expect(plain[0]).toEqual({ ns: 1_772_366_400_123_456_789n, line: "x", stream: { a: "1" }, metadata: {} });
    const own = { structuredMetadata: { request_id: "7" }, parsed: { code: "500" } };
    expect(linesOf([{ stream: {}, values: [["1", "x", own]] }], "forward")[0]?.metadata).toEqual({
      request_id: "7",
      code: "500",
    });
  });

  it("of several streams stand in one order", () => {
    const streams = [
      {
        stream: { s: "a" },
        values: [
          ["30", "a3"],
          ["10", "a1"],
        ] as const,
      },
      {
        stream: { s: "b" },
        values: [
          ["30", "b3"],
          ["20", "b2"],
        ] as const,
      },
    ];
    expect(linesOf(streams, "backward").map(({ line }) => line)).toEqual(["a3", "b3", "b2", "a1"]);
    expect(linesOf(streams, "forward").map(({ line }) => line)).toEqual(["a1", "b2", "a3", "b3"]);
  });
});

describe("the level of a line", () => {
  const cases: readonly [level: string, line: Partial<LogLine>][] = [
    ["error", { stream: { level: "ERR" } }],
    ["fatal", { metadata: { severity: "Critical" } }],
    ["warn", { stream: { level: "warning" }, line: "ERROR in words" }],
    ["debug", { line: '{"msg":"x","level":"debug"}' }],
    ["info", { line: 'ts=1 level=info msg="error is only text here"' }],
    ["error", { line: "2026-03-01 12:00:00,123 [ERROR] boom" }],
    ["warn", { line: "WARN: disk" }],
    ["unknown", { line: "no errors were found" }],
    ["unknown", { line: "TERROR and PERRORS" }],
    ["unknown", { stream: { level: "odd" } }],
  ];
  it.each(cases)("is %s for %o", (level, line) => {
    expect(levelOf({ ns: 0n, line: "", stream: {}, metadata: {}, ...line })).toBe(level);
  });
});

describe("a query in parts", () => {
  it("is read and written as it was", () => {
    const text = '{service="a", level!~"debug|trace"} |= "x" | json';
    const parts = readLogQuery(text);
    expect(parts?.matchers).toEqual([
      { name: "service", operator: "=", value: "a" },
      { name: "level", operator: "!~", value: "debug|trace" },
    ]);
    expect(parts && writeLogQuery(parts)).toBe(text);
  });

  it("reads quotes, backticks, spaces and a comma too many", () => {
    expect(readLogQuery(' { a = "x\\"}y" , b=~`\\d+`, } ')?.matchers).toEqual([
      { name: "a", operator: "=", value: 'x"}y' },
      { name: "b", operator: "=~", value: "\\d+" },
    ]);
    expect(readLogQuery("{}")).toEqual({ matchers: [], pipeline: "" });
  });

  it.each(['rate({a="1"}[1m])', '{a="1"', '{a="1" b="2"}', "{a}", ""])("leaves %s alone", (text) => {
    expect(readLogQuery(text)).toBeNull();
  });

  it("takes the line filter in front for the one of the box", () => {
    const parts = { matchers: [], pipeline: '|= "a \\"b\\"" != "c" | json' };
    expect(lineFilterOf(parts)).toBe('a "b"');
    expect(withLineFilter(parts, "d").pipeline).toBe('|= "d" != "c" | json');
    expect(withLineFilter(parts, "").pipeline).toBe('!= "c" | json');
    expect(lineFilterOf({ matchers: [], pipeline: '!= "c" |= "d"' })).toBe("");
    expect(withLineFilter({ matchers: [], pipeline: "" }, "x").pipeline).toBe('|= "x"');
  });

  it("is narrowed down without contradicting itself", () => {
    const level = (operator: "=" | "!=", value: string) => ({ name: "level", operator, value });
    expect(withMatcher([level("=", "info")], level("=", "error"))).toEqual([level("=", "error")]);
    expect(withMatcher([level("!=", "info")], level("!=", "debug"))).toHaveLength(2);
    expect(withMatcher([level("!=", "info")], level("!=", "info"))).toHaveLength(1);
    expect(withMatcher([level("!=", "info")], level("=", "error"))).toEqual([level("=", "error")]);
    const condition = { name: "code", operator: "=", value: "500" } as const;
    expect(withCondition({ matchers: [], pipeline: "" }, condition, "json").pipeline).toBe('| json | code="500"');
    expect(withCondition({ matchers: [], pipeline: "| json" }, condition, "json").pipeline).toBe('| json | code="500"');
  });

  it("knows what to mark and how to count", () => {
    expect(wantedTexts('{a="|="} |= "x" |= `y` != "z" |= "x"')).toEqual(["x", "y"]);
    expect(volumeQuery('{a="1"} |= "x"', 10)).toBe(
      'sum by (level, detected_level) (count_over_time({a="1"} |= "x" [10s]))',
    );
    expect(volumeQuery('rate({a="1"}[1m])', 10)).toBeNull();
  });

  it("begins with every stream of the usual label", () => {
    expect(defaultQuery(["app", "service"])).toBe('{service=~".+"}');
    expect(defaultQuery(["zone"])).toBe('{zone=~".+"}');
    expect(defaultQuery([])).toBe("");
    expect(defaultQuery(undefined)).toBe("");
  });
});

describe("the address of the page", () => {
  it("says what is shown, and leaves out what is usual", () => {
    const view = { query: '{a="1"} |= "x"', order: "oldest", wrap: true, follow: true } as const;
    expect(readLogsView(parseSearch(stringifySearch(logsViewPatch(view))))).toEqual(view);
    expect(stringifySearch(logsViewPatch({ query: null, order: "newest", wrap: false, follow: false }))).toBe("");
    expect(readLogsView({})).toEqual({ query: null, order: "newest", wrap: false, follow: false });
  });

  it("leads from a model and from a prediction to its lines", () => {
    expect(logsOfModel('a"b', { startMs: 100_000, endMs: 200_000 })).toEqual({
      query: '{model="a\\"b"}',
      from: "40000",
      to: "200000",
    });
    expect(logsOfRequest("m", ["01AB"], 100_000)["query"]).toBe('{model="m"} | request_id="01AB"');
    expect(logsOfRequest("m", ["a.b", "a.b-1"], 0)["query"]).toBe('{model="m"} | request_id=~"a\\\\.b|a\\\\.b-1"');
  });

  it("knows that one of several predictions is named behind its call", () => {
    expect(requestIdsOf({ id: "01AB", tags: {} })).toEqual(["01AB"]);
    expect(requestIdsOf({ id: "01AB-12", tags: {} })).toEqual(["01AB", "01AB-12"]);
    expect(requestIdsOf({ id: "01AB-12", tags: { request_id: "x" } })).toEqual(["x"]);
  });
});

describe("the text of a line", () => {
  const drawn = (line: string, wanted: readonly string[] = []) =>
    segmentsOf(line, wanted).map(({ text, kind, colour, bold }) => `${kind}:${text}${colour ?? ""}${bold ? "*" : ""}`);

  it("has the colours of the terminal, and no other commands", () => {
    expect(drawn("\u001b[1;31mred\u001b[0m \u001b[2Kplain\u001b]0;title\u0007")).toEqual([
      "text:redvar(--error)*",
      "text: ",
      "text:plain",
    ]);
    expect(drawn("\u001b[38;5;196mx\u001b[39my")).toEqual(["text:x", "text:y"]);
    expect(withoutEscapes("\u001b[31ma\u001b[0m")).toBe("a");
  });

  it("names what nobody would see", () => {
    expect(drawn("a\u0000b\u202ec\td\ne")).toEqual(["text:a", "control:␀", "text:b", "control:U+202E", "text:c\td\ne"]);
    expect(drawn("\u001b")).toEqual(["control:␛"]);
  });

  it("has the wanted texts marked, also across colours, and as text", () => {
    expect(drawn("one two one", ["one"])).toEqual(["mark:one", "text: two ", "mark:one"]);
    expect(drawn("a\u001b[31mb\u001b[0mc", ["abc"])).toEqual(["mark:a", "mark:bvar(--error)", "mark:c"]);
    expect(drawn("aaa", ["aa"])).toEqual(["mark:aa", "text:a"]);
    expect(drawn("<b>x</b>", ["<b>"])).toEqual(["mark:<b>", "text:x</b>"]);
  });
});

describe("a line of JSON", () => {
  const text = '{"id":12345678901234567890,"f":1.0,"s":"a,\\"b\\"","o":{"x":[1, {}]},"e":[],"n":null}';

  it("is drawn in lines, with its numbers as they are written", () => {
    expect(prettyJson(text)).toBe(`{
  "id": 12345678901234567890,
  "f": 1.0,
  "s": "a,\\"b\\"",
  "o": {
    "x": [
      1,
      {}
    ]
  },
  "e": [],
  "n": null
}`);
  });

  it("has fields that can be filtered for", () => {
    expect(jsonFields(text)).toEqual([
      { name: "id", value: "12345678901234567890", nested: false },
      { name: "f", value: "1.0", nested: false },
      { name: "s", value: 'a,"b"', nested: false },
      { name: "o", value: '{"x":[1,{}]}', nested: true },
      { name: "e", value: "[]", nested: true },
      { name: "n", value: "null", nested: false },
    ]);
    expect(jsonFields("{}")).toEqual([]);
  });

  it.each(["[1]", "plain", '{"a":', "12", "{a: 1}"])("is not %s", (other) => {
    expect(prettyJson(other)).toBeNull();
    expect(jsonFields(other)).toEqual([]);
  });
});

describe("lines over time", () => {
  const series = [
    {
      metric: { level: "ERROR" },
      values: [
        [10, "2"],
        [30, "1"],
      ] as const,
    },
    { metric: { level: "error" }, values: [[10, "1"]] as const },
    { metric: {}, values: [[20, "4"]] as const },
  ];

  it("are counted in whole steps, each at its end", () => {
    expect(wholeSteps({ startMs: 1_000, endMs: 29_000 }, 10)).toEqual({ startMs: 0, endMs: 30_000 });
    const bars = barsOf(series, { startMs: 0, endMs: 30_000 }, 10);
    expect(bars.map(({ counts }) => counts)).toEqual([{ error: 3 }, { unknown: 4 }, { error: 1 }]);
    expect(bars[0]?.interval).toEqual({ startMs: 0, endMs: 10_000 });
    expect(bars.map(({ total }) => total)).toEqual([3, 4, 1]);
  });

  it("are summed up by what words mean", () => {
    expect(levelSums(series)).toEqual([
      { level: "error", count: 4, label: "level", words: ["ERROR", "error"] },
      { level: "unknown", count: 4, label: "level", words: [""] },
    ]);
    const found = (metric: Record<string, string>) => ({ metric, values: [[10, "1"]] as const });
    const detected = [found({ level: "WARN", detected_level: "warn" }), found({ detected_level: "warn" })];
    expect(levelSums(detected)).toEqual([{ level: "warn", count: 2, label: "detected_level", words: ["warn"] }]);
  });
});

it("lines are taken away as text or with all that is known", () => {
  const line = { ns: 1_000_000_001n, line: "a\tb", stream: { s: "x" }, metadata: {} };
  expect(asText([line])).toBe("1970-01-01T00:00:01.000000001Z a\tb\n");
  expect(JSON.parse(asNdjson([line]))).toEqual({
    time: "1970-01-01T00:00:01.000000001Z",
    line: "a\tb",
    labels: { s: "x" },
    metadata: {},
  });
});
