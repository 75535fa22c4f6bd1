import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MainTab } from "../../src/pages/model/tabs/MainTab";
import { TimeProvider } from "../../src/time/TimeProvider";
import { parseSearch, stringifySearch } from "../../src/url/search";

type Window = Record<string, unknown>;

const FROM = 1_772_366_400_000;
const MINUTE_MS = 60_000;

afterEach(() => vi.unstubAllGlobals());

describe("the first tab of a model", () => {
  it("says what fell, since when, and for which class, and leads to the rows", async () => {
    open({ windows: Array.from({ length: 12 }, (_, minute) => windowAt(minute, minute < 6 ? 0.9 : 0.6)) });
    const verdict = await verdictSaying("Accuracy fell from 90.0 % to 60.0 %");
    expect(verdict.textContent).toContain("−30.0 points (−3");
    expect(verdict.textContent).toContain("Worst: b, recall 90.0 % → 30.0 %");
    const rows = within(verdict).getByRole("link", { name: "its missed cases" }).getAttribute("href") ?? "";
    const { searchParams } = new URL(rows, "http://x");
    expect(Object.fromEntries(searchParams)).toMatchObject({
      tab: "predictions",
      truth: "b",
      outcome: "wrong",
      from: String(FROM + 6 * MINUTE_MS),
    });
  });

  it("claims nothing where nothing is clear", async () => {
    const both = Array.from({ length: 24 }, (_, place) => windowAt(place - 12, place % 2 ? 0.9 : 0.91));
    open({ windows: both });
    const verdict = await verdictSaying("Accuracy is 90.5 %: no clear change");
    expect(verdict.textContent).toContain("0.0 points (−1.7 to +1.7), against the 12 minutes before");
    expect(within(verdict).queryAllByRole("link")).toHaveLength(0);
  });

  it("says that there is not enough instead of a number", async () => {
    const reason = "4 labelled rows, 30 needed";
    const few = { ...windowAt(0, 0.5), labelled: 4, measures: { accuracy: { state: "not_enough", reason, n: 4 } } };
    open({ windows: [few], whole: few });
    const tile = await screen.findByRole("button", { name: /^Accuracy/ });
    await waitFor(() => expect(tile.textContent).toContain("not enough data"));
    expect(tile.textContent).not.toContain("%");
    await verdictSaying(`Accuracy: not enough data: ${reason}`);
  });

  it("says what to do where no truth is known", async () => {
    const none = { ...windowAt(0, 0.5), n: 40, labelled: 0, measures: {}, classes: {} };
    open({ windows: [none], whole: none });
    await screen.findByText("The truth of no prediction in this time is known yet.");
    expect(screen.getByText("40 predictions wait for theirs.")).toBeTruthy();
  });
});

/** The verdict, once it has come to this. */
async function verdictSaying(text: string): Promise<HTMLElement> {
  return waitFor(() => {
    const verdict = screen.getByRole("region", { name: "Verdict" });
    expect(verdict.textContent).toContain(text);
    return verdict;
  });
}

/** A server that gives these windows for a step, and for a whole time what they come to. */
function open({ windows, whole }: { windows: readonly Window[]; whole?: Window }): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("fetch", (address: string) => {
    const { pathname, searchParams } = new URL(address, "http://x");
    const start = Date.parse(searchParams.get("start") ?? "");
    const end = Date.parse(searchParams.get("end") ?? "");
    if (!pathname.endsWith("/performance"))
      return Promise.resolve(Response.json({ predictions: [], data: { result: [] } }));
    const answer = searchParams.has("step") ? inside(windows, start, end) : [whole ?? sumOf(windows, start, end)];
    return Promise.resolve(
      Response.json({ model: "m", task: "classification", classes: ["a", "b"], notes: [], windows: answer }),
    );
  });
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: "/models/$name",
    component: () => (
      <TimeProvider defaultRefresh="off">
        <MainTab model="m" facts={undefined} />
      </TimeProvider>
    ),
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [`/models/m?from=${FROM}&to=${FROM + 12 * MINUTE_MS}`] }),
    parseSearch: (text) => parseSearch(text) as Record<string, unknown>,
    stringifySearch,
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

/** Two hundred rows, half of each class; what is wrong is wrong in class b. */
function windowAt(minute: number, accuracy: number, rows = 200): Window {
  const recall = 2 * accuracy - 0.9;
  return {
    start: FROM + minute * MINUTE_MS,
    end: FROM + (minute + 1) * MINUTE_MS,
    n: rows + 50,
    labelled: rows,
    measures: { accuracy: share(accuracy, rows) },
    classes: {
      a: { support: rows / 2, recall: share(0.9, rows / 2), precision: share(0.8, rows / 2) },
      b: { support: rows / 2, recall: share(recall, rows / 2), precision: share(0.8, rows / 2) },
    },
  };
}

function sumOf(windows: readonly Window[], start: number, end: number): Window {
  const parts = inside(windows, start, end);
  if (parts.length === 0) return { start, end, n: 0, labelled: 0, measures: {}, classes: {} };
  const values = parts.map((one) => (one["measures"] as { accuracy: { value: number } }).accuracy.value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { ...windowAt(0, mean, 200 * parts.length), start, end };
}

function inside(windows: readonly Window[], start: number, end: number): readonly Window[] {
  return windows.filter((one) => Number(one["start"]) >= start && Number(one["end"]) <= end);
}

function share(value: number, n: number) {
  const half = 1.96 * Math.sqrt((value * (1 - value)) / n);
  return { value, low: value - half, high: value + half, method: "wilson", n };
}
