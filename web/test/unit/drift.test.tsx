import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Drift, FeatureDrift } from "../../src/api/drift";
import { frameOf } from "../../src/pages/model/drift/CoursePanel";
import { PairHistogram, sharesOf } from "../../src/pages/model/drift/PairHistogram";
import { furthestOf } from "../../src/pages/model/drift/SegmentDriftPanel";
import { TellingTable } from "../../src/pages/model/drift/TellingTable";
import { mostOf, TogetherPanel } from "../../src/pages/model/drift/TogetherPanel";
import { detailsOf, numbersOf, restOf, scoreOf, verdictOf } from "../../src/pages/model/drift/words";
import { local, windowsOf } from "../../src/pages/model/tabs/ChangesTab";

const AGE: FeatureDrift = {
  feature: "age",
  aspect: "input",
  type: "number",
  method: "psi",
  variant: "Sturges of both",
  n_reference: 1_000,
  n_current: 200,
  score: 0.312_5,
  threshold: 0.1,
  drifts: "at_least",
  verdict: "drifted",
  drifted: true,
  moved: 0.4,
  chance: 1e-9,
  beyond_chance: true,
  missing_reference: 0,
  missing_current: 0,
  reference_histogram: { bounds: [0, 10, 20], counts: [750, 250] },
  current_histogram: { bounds: [0, 10, 20], counts: [50, 150] },
};

describe("a feature against its reference", () => {
  it("is bad only where chance does not explain it", () => {
    expect(verdictOf(AGE)).toEqual({ status: "error", text: "drifted" });
    expect(verdictOf({ ...AGE, drifted: false, beyond_chance: false }).text).toBe("may be chance");
    expect(verdictOf({ ...AGE, drifted: false, verdict: "stable" }).status).toBe("ok");
    expect(verdictOf({ ...AGE, drifted: false, verdict: "not_enough" })).toEqual({
      status: "none",
      text: "not enough data",
    });
  });

  it("says the score with its threshold, and what it stands on", () => {
    expect(scoreOf(AGE)).toBe("psi 0.313, drift ≥ 0.1");
    const { score: _, ...without } = AGE;
    expect(scoreOf(without)).toBe("–");
    expect(detailsOf(AGE)).toMatch(/^Sturges of both; n 1.000 and 200/);
  });

  it("draws both sides on one scale of shares", () => {
    expect(sharesOf({ counts: [0, 0] })).toEqual([0, 0]);
    const { container } = render(<PairHistogram drift={AGE} />);
    const heights = [...container.querySelectorAll<HTMLElement>("[style]")].map(({ style }) => style.height);
    expect(heights.map((height) => Math.round(Number.parseFloat(height)))).toEqual([100, 33, 33, 100]);
    expect(screen.getByRole("img", { name: "Reference of age, most from 0 to 10: 75 %" })).toBeTruthy();
    expect(screen.getByText("Now, n 200")).toBeTruthy();
  });

  it("lists words with their shares", () => {
    const words = {
      ...AGE,
      reference_histogram: { words: ["web", ""], counts: [3, 1] },
      current_histogram: { words: ["web", ""], counts: [1, 1] },
    };
    render(<PairHistogram drift={words} />);
    expect(screen.getAllByText("(empty)")).toHaveLength(2);
    expect(screen.getByText("75 %")).toBeTruthy();
  });

  it("says whether rows, sketches or a sample were compared", () => {
    expect(detailsOf({ ...AGE, source_of_numbers: "sketch" })).toMatch(/from sketches$/);
    expect(detailsOf({ ...AGE, source_of_numbers: "sample" })).toMatch(/from a sample of rows$/);
  });

  it("lists the words by which texts are told apart", () => {
    const telling = [
      { name: "refund", weight: 3, reference: 0.01, current: 0.4 },
      { name: "thanks", weight: -2, reference: 0.3, current: 0.1 },
    ];
    render(<TellingTable type="text" telling={telling} />);
    const rows = screen.getAllByRole("row").map(({ textContent }) => textContent);
    expect(rows.slice(1)).toEqual(["refundnow1 %40 %", "thanksthe reference30 %10 %"]);
  });
});

const DAY_MS = 86_400_000;

describe("where drift is read from", () => {
  it("is profiles for long windows, rows for short ones, segments and whoever asks", () => {
    const day = { startMs: 0, endMs: DAY_MS };
    const week = { startMs: 0, endMs: 7 * DAY_MS };
    expect(numbersOf(undefined, day, undefined)).toBe("rows");
    expect(numbersOf(undefined, week, undefined)).toBe("sketch");
    expect(numbersOf(undefined, week, 'country="ES"')).toBe("rows");
    expect(numbersOf("rows", week, undefined)).toBe("rows");
    expect(numbersOf("sketch", day, undefined)).toBe("sketch");
  });
});

describe("how long an answer stays", () => {
  it("is a hundredth of its time, and ten seconds at least", () => {
    expect(restOf({ startMs: 0, endMs: 60_000 })).toBe(10_000);
    expect(restOf({ startMs: 0, endMs: DAY_MS })).toBe(864_000);
  });
});

describe("all inputs together", () => {
  const DRIFT: Drift = {
    reference: { name: "first", n: 1_000 },
    current: { start: 0, end: 1, n: 500 },
    drifted: false,
    judged: 2,
    share_threshold: 0.5,
    notes: [],
    features: [],
    together: {
      auc: 0.81,
      threshold: 0.65,
      drifted: true,
      n_reference: 1_000,
      n_current: 500,
      importance: { age: 0.7, income: 0.28, side: 0.02 },
    },
    reconstruction: { score: 1.3, reference: 1, components: 2, drifted: false, shares: { age: 1 } },
  };

  it("names the inputs that tell, and the verdict of each method", () => {
    render(<TogetherPanel drift={DRIFT} numbers="rows" />);
    expect(screen.getByText("age 70 %, income 28 %")).toBeTruthy();
    expect(screen.getByText("drifted")).toBeTruthy();
    expect(screen.getByText("stable")).toBeTruthy();
    expect(mostOf({}, [])).toBe("–");
  });

  it("says why there is none", () => {
    const { together: _, ...without } = DRIFT;
    render(<TogetherPanel drift={without} numbers="sketch" />);
    expect(screen.getByText(/choose rows/)).toBeTruthy();
  });
});

describe("drift over windows and segments", () => {
  const windows = [
    { start: 0, end: 1_000, n: 10, share: 0.5, features: [{ feature: "age", drifted: true, moved: 0.4 }] },
    { start: 1_000, end: 2_000, reason: "not enough data" },
    { start: 2_000, end: 3_000, n: 9, share: 0, features: [{ feature: "sex", drifted: false, moved: 0.01 }] },
  ];

  it("leaves gaps where a window has no answer", () => {
    const frame = frameOf(windows, { startMs: 0, endMs: 3_000 });
    expect(frame.series.map(({ name, values }) => [name, values])).toEqual([
      ["inputs drifted", [0.5, null, 0]],
      ["age", [0.4, null, null]],
      ["sex", [null, null, 0.01]],
    ]);
    expect(frame.timesS).toEqual([0.5, 1.5, 2.5]);
  });

  it("says what of a segment moved furthest", () => {
    expect(furthestOf(windows[0] ?? {})).toBe("age 40 %");
    expect(furthestOf({})).toBe("");
  });
});

describe("the two windows of what changed", () => {
  it("are the page's time and the time before it, unless the address says others", () => {
    const page = { startMs: 1_000, endMs: 3_000 };
    expect(windowsOf({}, page)).toEqual({ before: { startMs: -1_000, endMs: 1_000 }, after: page });
    expect(windowsOf({ a_from: "10", a_to: "20", b_from: "1", b_to: "5" }, page)).toEqual({
      before: { startMs: 1, endMs: 5 },
      after: { startMs: 10, endMs: 20 },
    });
    expect(windowsOf({ a_from: "20", a_to: "10" }, page).after).toEqual(page);
    expect(Date.parse(local(1_700_000_000_000))).toBe(1_699_999_980_000);
  });
});
