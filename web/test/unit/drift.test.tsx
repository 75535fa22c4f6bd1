import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FeatureDrift } from "../../src/api/drift";
import { PairHistogram, sharesOf } from "../../src/pages/model/drift/PairHistogram";
import { detailsOf, scoreOf, verdictOf } from "../../src/pages/model/drift/words";

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
});
