import { describe, expect, it } from "vitest";
import type { Measured, PerformanceWindow } from "../../src/api/performance";
import { classChangesOf } from "../../src/pages/model/performance/ClassChanges";
import { confusionsOf } from "../../src/pages/model/performance/ConfusionMatrix";
import { differenceOf, verdictOf } from "../../src/pages/model/performance/difference";
import {
  factsOf,
  formatDifference,
  formatInterval,
  formatMeasure,
  hasWrongRows,
  headlines,
  others,
  reasonOf,
} from "../../src/pages/model/performance/measures";
import { turnOf } from "../../src/pages/model/performance/turn";
import { sidesOf } from "../../src/pages/model/performance/usePerformance";
import { selectorOf, worstFirst } from "../../src/pages/model/performance/useSegments";
import { stepFor, viewIn } from "../../src/pages/model/performance/view";
import { worthIn } from "../../src/pages/model/performance/WorthFields";
import { pictureOf } from "../../src/pages/model/performance/windows";
import { mixOf } from "../../src/pages/model/tabs/SamplesTab";

const SHARE = { share: true };
const MINUTE_MS = 60_000;

describe("a measure as text", () => {
  it("has one decimal, and more where it would else be written as all or nothing", () => {
    const texts = [0.914, 1, 0, 0.99996, 0.9996, 0.0002].map((value) => formatMeasure(value, SHARE));
    expect(texts).toEqual(["91.4 %", "100.0 %", "0.0 %", "99.996 %", "99.96 %", "0.02 %"]);
    expect([0.8734, -0.25, 12_345, 0.00012].map((value) => formatMeasure(value, { share: false }))).toEqual([
      "0.873",
      "−0.250",
      "12\u00a0345",
      "0.00012",
    ]);
  });

  it("has a difference with its sign, in points for shares", () => {
    expect(formatDifference(-0.0321, SHARE)).toBe("−3.2 points");
    expect(formatDifference(0.0001, SHARE)).toBe("0.0 points");
    expect(formatDifference(0.041, { share: false })).toBe("+0.041");
  });

  it("says its interval, or that there is none", () => {
    expect(formatInterval(known(0.9, 0.88, 0.92), SHARE)).toBe("88.0 to 92.0 %");
    expect(formatInterval({ value: 0.9, n: 10 }, SHARE)).toBe("");
  });

  it("says why there is no value", () => {
    expect(reasonOf({ state: "not_enough", reason: "12 of at least 30 rows", n: 12 })).toBe(
      "not enough data: 12 of at least 30 rows",
    );
    expect(reasonOf({ state: "undefined", n: 0 })).toBe("undefined: 0 rows");
    expect(reasonOf(undefined)).toBe("no data");
  });

  it("that is new to the page is shown under its own name", () => {
    expect(factsOf("fowlkes_mallows").name).toBe("fowlkes mallows");
    expect(others("classification", ["fowlkes_mallows", "mcc", "accuracy", "kappa"])).toEqual([
      "mcc",
      "kappa",
      "fowlkes_mallows",
    ]);
  });

  it("of the first places says how many they are", () => {
    expect(factsOf("ndcg_5").name).toBe("NDCG at 5");
    expect(factsOf("top_7")).toMatchObject({ name: "Top 7", share: true });
    expect(headlines("ranking", ["ndcg_1", "ndcg_3", "mrr"])).toEqual(["ndcg_3", "mrr", "hit_rate_3", "recall_3"]);
    expect(hasWrongRows(factsOf("accuracy"))).toBe(true);
    expect(hasWrongRows(factsOf("hit_rate_3"))).toBe(false);
  });
});

describe("what decisions are worth", () => {
  it("is four numbers or nothing", () => {
    expect(worthIn("10,-5,-1,0")).toEqual({ tp: 10, fn: -5, fp: -1, tn: 0 });
    for (const text of [undefined, "", "1,2,3", "1,2,3,x", "1,,2,3", "1e13,0,0,0"]) {
      expect(worthIn(text)).toBeUndefined();
    }
  });
});

describe("a difference", () => {
  it("of shares is Newcombe's: 56 of 70 against 48 of 80", () => {
    // Newcombe 1998, table II (a): method 10 gives 0.0524 to 0.3339.
    const difference = differenceOf(known(0.6, 0.4904, 0.7004), known(0.8, 0.6917, 0.8773));
    expect(difference?.value).toBeCloseTo(0.2, 10);
    expect(difference?.low).toBeCloseTo(0.0524, 3);
    expect(difference?.high).toBeCloseTo(0.3339, 3);
  });

  it("means something only where chance would hardly make it", () => {
    const better = differenceOf(known(0.6, 0.58, 0.62), known(0.8, 0.78, 0.82));
    expect(verdictOf(better, { good: "high" })).toBe("better");
    expect(verdictOf(better, { good: "low" })).toBe("worse");
    expect(verdictOf(better, { good: "zero" })).toBe("moved");
    expect(verdictOf(differenceOf(known(0.6, 0.4, 0.8), known(0.7, 0.5, 0.9)), { good: "high" })).toBe(
      "no clear change",
    );
  });

  it("is unknown where a side has no value or no interval", () => {
    expect(differenceOf({ state: "not_enough", n: 3 }, known(0.7, 0.5, 0.9))).toBeNull();
    expect(verdictOf(differenceOf({ value: 0.1, n: 9 }, known(0.7, 0.5, 0.9)), { good: "high" })).toBe("unknown");
  });
});

describe("a turn", () => {
  it("is found where the level changes, although windows differ in what they weigh", () => {
    const windows = [0.91, 0.92, 0.9, 0.915, 0.7, 0.71, 0.69].map((value, index) => window(index, value, 200 + index));
    expect(turnOf(windows, "accuracy")).toMatchObject({ atMs: 4 * MINUTE_MS });
    expect(turnOf(windows, "accuracy")?.before).toBeCloseTo(0.911, 2);
  });

  it("is not seen in noise", () => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    let seen = 0;
    for (let round = 0; round < 200; round++) {
      const windows = Array.from({ length: 36 }, (_, index) => {
        let hits = 0;
        for (let row = 0; row < 100; row++) hits += random() < 0.9 ? 1 : 0;
        return window(index, hits / 100, 100);
      });
      seen += turnOf(windows, "accuracy") ? 1 : 0;
    }
    expect(seen).toBeLessThanOrEqual(4);
  });

  it("is not made by one bad window with few rows, nor by carried ones", () => {
    const few = [0.9, 0.9, 0.9, 0.9].map((value, index) => window(index, value, 500));
    expect(turnOf([...few, window(4, 0.5, 4)], "accuracy")).toBeNull();
    const carried = [4, 5, 6].map((index) => ({ ...window(index, 0.1, 500), carried: true }));
    expect(turnOf([...few, ...carried], "accuracy")).toBeNull();
  });

  it("divides the page's time; without one, the time before is the other side", () => {
    expect(sidesOf({ startMs: 100, endMs: 200 }, 150)).toEqual([
      { startMs: 100, endMs: 150 },
      { startMs: 150, endMs: 200 },
    ]);
    expect(sidesOf({ startMs: 100, endMs: 200 }, null)[0]).toEqual({ startMs: 0, endMs: 100 });
  });
});

describe("windows as a picture", () => {
  const interval = { startMs: 0, endMs: 5 * MINUTE_MS };

  it("leave a gap where there is not enough, and say how much there was", () => {
    const windows = [window(0, 0.9, 100), missing(1, 12), window(2, 0.8, 100)];
    const { frame, textAt, extras } = pictureOf(windows, "accuracy", interval, "red");
    expect(frame.series[0]?.values).toEqual([0.9, null, 0.8]);
    expect(extras.dashed).toBeUndefined();
    expect(textAt(1).lines.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "Accuracy: not enough data: 12 of at least 30 rows",
      "predictions: 20",
      "with truth: 12",
    ]);
  });

  it("draw carried ones dashed and name them, and never as measured", () => {
    const windows = [window(0, 0.9, 100), { ...window(1, 0.9, 0), carried: true }, window(2, 0.8, 100)];
    const { frame, extras, textAt } = pictureOf(windows, "accuracy", interval, "red");
    expect(frame.series[0]?.values).toEqual([0.9, null, 0.8]);
    expect(extras.dashed).toEqual([[0.9, 0.9, 0.8]]);
    expect(extras.bands?.[0]?.low[1]).toBeNull();
    expect(textAt(1).lines[0]?.name).toBe("Accuracy, carried from before");
  });

  it("are not pressed flat by one window that is hardly known", () => {
    const windows = [0.9, 0.91, 0.9, 0.92].map((value, index) => window(index, value, 1_000));
    const { extras } = pictureOf([...windows, window(4, 0.8, 8)], "accuracy", interval, "red");
    expect(extras.range?.min).toBeGreaterThan(0.7);
  });

  it("show the mix of classes, with gaps where no truth is known", () => {
    const classes = (a: number, b: number) => ({ a: { support: a }, b: { support: b } });
    const windows = [
      { ...window(0, 0.9, 4), classes: classes(3, 1) },
      { ...window(1, 0.9, 0), classes: {} },
    ];
    expect(mixOf(windows, ["a", "b"], interval).series.map(({ values }) => values)).toEqual([
      [0.75, null],
      [0.25, null],
    ]);
  });
});

describe("what a view is", () => {
  it("comes from the address, and what makes no sense there is left out", () => {
    expect(viewIn({ average: "clara", version: "2", segment: 'a="b"', by_time: "truth", min_n: "5" })).toEqual({
      average: "clara",
      version: "2",
      segment: 'a="b"',
      time: "truth",
      minN: 5,
    });
    expect(viewIn({ average: "median", min_n: "-1", by_time: "noon" })).toMatchObject({
      average: "macro",
      minN: undefined,
      time: undefined,
    });
  });

  it("has windows that fit into its time", () => {
    const of = (minutes: number, wanted?: string) => stepFor(wanted, { startMs: 0, endMs: minutes * MINUTE_MS });
    expect([15, 60, 360, 1_440, 7 * 1_440, 30 * 1_440].map((minutes) => of(minutes))).toEqual([
      "1m",
      "5m",
      "15m",
      "1h",
      "6h",
      "1d",
    ]);
    expect(of(60, "1m")).toBe("1m");
    expect(of(7 * 1_440, "1m")).toBe("6h");
    expect(of(60, "sometimes")).toBe("5m");
  });
});

describe("where it is worse", () => {
  it("are classes whose recall has clearly fallen, and of those the ones that cost most", () => {
    const side = (recalls: Record<string, [support: number, recall: number]>) => ({
      interval: { startMs: 0, endMs: 1 },
      window: {
        ...window(0, 0.9, 100),
        classes: Object.fromEntries(
          Object.entries(recalls).map(([name, [support, recall]]) => {
            return [name, { support, recall: known(recall, recall - 0.02, recall + 0.02) }];
          }),
        ),
      },
    });
    const before = side({ rare: [10, 0.9], common: [900, 0.9], fine: [500, 0.9] });
    const after = side({ rare: [10, 0.5], common: [900, 0.8], fine: [500, 0.905], fresh: [3, 0.9] });
    const changes = classChangesOf({ before, after });
    expect(changes.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      "common worse",
      "rare worse",
      "fresh unknown",
      "fine no clear change",
    ]);
  });

  it("are the confusions that happen most", () => {
    const counts = [
      [5, 3],
      [1, 0],
    ];
    expect(confusionsOf({ labels: ["a", "b"], counts }, 9)).toEqual([
      { truth: "a", predicted: "b", count: 3, share: 3 / 8 },
      { truth: "b", predicted: "a", count: 1, share: 1 },
    ]);
  });

  it("are segments, those without a value at the end", () => {
    const row = (name: string, value: Measured) => ({ labels: { f: name }, n: 9, labelled: 9, value });
    const rows = [
      row("few", { state: "not_enough", n: 1 }),
      row("good", known(0.9, 0.8, 1)),
      row("bad", known(0.2, 0.1, 0.3)),
    ];
    const answer = { by: "f", measure: "accuracy", overall: known(0.8, 0.7, 0.9), segments: rows };
    const names = (good: "high" | "low") => worstFirst([answer], good).map(({ labels }) => labels["f"]);
    expect(names("high")).toEqual(["bad", "good", "few"]);
    expect(names("low")).toEqual(["good", "bad", "few"]);
    expect(selectorOf({ "two words": "1" })).toBe('"two words"="1"');
    expect(selectorOf({ a: 'say "x"', b: "1" })).toBe('a="say \\"x\\"",b="1"');
  });
});

function known(value: number, low: number, high: number, n = 100): Measured {
  return { value, low, high, n };
}

function window(index: number, accuracy: number, n: number): PerformanceWindow {
  const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / Math.max(1, n));
  return {
    start: index * MINUTE_MS,
    end: (index + 1) * MINUTE_MS,
    n: n + 8,
    labelled: n,
    measures: { accuracy: known(accuracy, accuracy - half, accuracy + half, n) },
  };
}

function missing(index: number, n: number): PerformanceWindow {
  const measures = { accuracy: { state: "not_enough", reason: `${n} of at least 30 rows`, n } } as const;
  return { ...window(index, 0.5, n), measures };
}
