import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Prediction, readPrediction } from "../../src/api/models";
import { FeatureLine } from "../../src/pages/model/predictions/FeatureLine";
import { TruthForm } from "../../src/pages/model/predictions/TruthForm";
import { agreement, inWords, readAs } from "../../src/pages/model/predictions/value";

const PREDICTION = readPrediction({ id: "7", time: 0, prediction: "good", probabilities: { good: 0.9, bad: 0.1 } });

afterEach(() => vi.unstubAllGlobals());

describe("values of a prediction", () => {
  it("are written on one line", () => {
    expect([null, "a b", 3, 0.123_45, true, [1, 2], { a: 1 }].map(inWords)).toEqual([
      "missing",
      "a b",
      "3",
      "0.123",
      "true",
      "[1,2]",
      '{"a":1}',
    ]);
    const line = (features: Prediction["features"]) =>
      render(<FeatureLine features={features} />).container.textContent;
    expect(line({ text: "only words" })).toBe("only words");
    expect(line({ rooms: 3, garden: null })).toBe("rooms 3 · garden missing");
  });

  it("are read as the kind of value that the model answers with", () => {
    expect(readAs(1.5, " 2.5 ")).toBe(2.5);
    expect(readAs(1.5, "much")).toBeNull();
    expect(readAs(true, "false")).toBe(false);
    expect(readAs("a", " b ")).toBe("b");
  });

  it("agree, disagree, or leave it open", () => {
    expect(agreement("a", { value: "a" })).toBe("right");
    expect(agreement("a", { value: "b" })).toBe("wrong");
    expect(agreement(1, { value: 1 })).toBe("open");
    expect(agreement("a", null)).toBe("open");
  });
});

describe("the form for a ground truth", () => {
  it("sends a known class at a click, and shows it", async () => {
    const sent: unknown[] = [];
    serve((body) => {
      sent.push(body);
      return { joined: 1, waiting: 0, corrected: 0, rejected: [] };
    });
    const changes: Prediction[] = [];
    open(PREDICTION, (changed) => changes.push(changed));
    fireEvent.click(screen.getByRole("button", { name: "bad" }));
    await waitFor(() => expect(changes).toHaveLength(1));
    expect(sent).toEqual([{ id: "7", value: "bad" }]);
    expect(changes[0]?.truth?.value).toBe("bad");
  });

  it("shows why the server refused one, and changes nothing", async () => {
    serve(() => ({ joined: 0, waiting: 0, corrected: 0, rejected: [{ index: 0, error: "the value is too long" }] }));
    const changed = vi.fn();
    open(PREDICTION, changed);
    fireEvent.click(screen.getByRole("button", { name: "good" }));
    expect((await screen.findByRole("alert")).textContent).toBe("the value is too long");
    expect(changed).not.toHaveBeenCalled();
  });

  it("refuses words where the model answers with a number", () => {
    open({ ...PREDICTION, prediction: 4.2 }, () => {});
    fireEvent.change(screen.getByRole("textbox"), { target: { value: "a lot" } });
    fireEvent.click(screen.getByRole("button", { name: "Set" }));
    expect(screen.getByRole("alert").textContent).toContain("“a lot” is no number");
  });
});

function open(prediction: Prediction, onChange: (changed: Prediction) => void): void {
  render(
    <MantineProvider>
      <TruthForm model="m" prediction={prediction} classes={["bad", "good"]} onChange={onChange} />
    </MantineProvider>,
  );
}

function serve(reply: (body: unknown) => unknown): void {
  vi.stubGlobal("fetch", (_: string, init: RequestInit) =>
    Promise.resolve(new Response(JSON.stringify(reply(JSON.parse(String(init.body)))))),
  );
}
