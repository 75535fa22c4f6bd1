// The tabs of a model: what each shows, and the ways from a number to the rows behind it.
import { expect } from "./report.mjs";
import { models, settled } from "./steps.mjs";

export const TABS = [
  "modelMain",
  "modelMetrics",
  "modelSamples",
  "modelClasses",
  "modelSegments",
  "modelEstimates",
  "modelDrift",
  "modelChanges",
  "modelMonitors",
  "modelVersions",
  "modelTraining",
  "modelPredictions",
  "modelAbout",
];
export const ACTIONS = [
  "modelTabsByKeyboard",
  "modelView",
  "modelMeasureAsTable",
  "modelConfusionCell",
  "modelFilter",
  "modelThreshold",
];

export async function modelMain({ page, base }) {
  await models({ page, base });
  await page.locator("tbody a").first().click();
  await tab(page, "Main").waitFor();
  await page.getByRole("region", { name: /^(Verdict|Quality)$/ }).waitFor();
  await settled(page);
}

export async function modelMetrics({ page, base }) {
  await open(page, base, "Metrics", "metrics");
  for (const name of ["Accuracy", "Precision", "Recall", "F1"]) {
    await page.getByRole("heading", { name, exact: true }).waitFor();
  }
  await settled(page);
}

export async function modelSamples({ page, base }) {
  await open(page, base, "Samples by class", "samples");
  await page.getByRole("heading", { name: /^(Validated samples by class|Quality)$/ }).waitFor();
  await settled(page);
}

export async function modelClasses({ page, base }) {
  await open(page, base, "Metrics by class", "classes");
  await page.getByRole("heading", { name: /^(Confusion|Quality)$/ }).waitFor();
  await settled(page);
}

export async function modelSegments({ page, base }) {
  await open(page, base, "Segments", "segments");
  await page.getByRole("heading", { name: /^Why / }).waitFor();
  await page.getByRole("heading", { name: "Segments", exact: true }).waitFor();
  await settled(page);
}

/** What moved, or why that cannot be said yet. */
export async function modelDrift({ page, base }) {
  await open(page, base, "Drift", "drift");
  await page.getByRole("heading", { name: "Drift", exact: true }).waitFor();
  await page
    .getByRole("columnheader", { name: "Rows moved" })
    .or(page.getByText("There is nothing to compare with yet."))
    .waitFor();
  await settled(page);
}

/** Two windows, and everything that differs between them. */
export async function modelChanges({ page, base }) {
  await open(page, base, "What changed", "changes");
  await page.getByLabel("before from").waitFor();
  await page.getByRole("heading", { name: "Measures", exact: true }).waitFor();
  await settled(page);
}

export async function modelEstimates({ page, base }) {
  await open(page, base, "Estimates", "estimates");
  await page.getByRole("heading", { name: "Estimated before the truth" }).waitFor();
  await page.getByLabel("measure").or(page.getByText("There is no estimate.")).first().waitFor();
  await settled(page);
}

/** What nobody asked for is said; where there is a monitor, its course is drawn. */
export async function modelMonitors({ page, base }) {
  await open(page, base, "Monitors", "monitors");
  await page
    .getByRole("columnheader", { name: "Looks at" })
    .or(page.getByText("Nobody asked for a monitor yet."))
    .waitFor();
  await page.getByRole("button", { name: "New monitor" }).click();
  await page.getByRole("textbox", { name: "Name" }).waitFor();
  await settled(page);
}

export async function modelVersions({ page, base }) {
  await open(page, base, "Versions", "versions");
  await page.getByRole("heading", { name: /^(Two versions|Versions)$/ }).waitFor();
  await settled(page);
}

export async function modelTraining({ page, base }) {
  await open(page, base, "Training data", "training");
  await page.getByRole("heading", { name: "Training data by class" }).waitFor();
  await settled(page);
}

/** The rows behind a question: those that were wrong. */
export async function modelPredictions({ page, base }) {
  await open(page, base, "Predictions", "predictions");
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("wrong");
  await page.waitForURL(/outcome=wrong/);
  await page
    .getByText(/of the .* newest|None of the .* newest|No prediction in this time/)
    .first()
    .waitFor();
  await settled(page);
}

export async function modelTabsByKeyboard({ page, base }) {
  await modelMain({ page, base });
  await tab(page, "Main").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/tab=metrics/);
  expect((await tab(page, "Metrics").getAttribute("aria-current")) === "page", "the tab is not the current one");
  expect((await tab(page, "Main").getAttribute("aria-current")) !== "page", "two tabs are the current one");
}

/** What is measured stands in the address and follows from tab to tab. */
export async function modelView({ page, base }) {
  await modelMetrics({ page, base });
  await page.getByRole("combobox", { name: /^Average/ }).selectOption("weighted");
  await page.waitForURL(/average=weighted/);
  await page
    .getByText(/^weighted: /)
    .first()
    .waitFor();
  await tab(page, "Main").click();
  await page.waitForURL((url) => !url.search.includes("tab="));
  expect(page.url().includes("average=weighted"), `the address is ${page.url()}`);
  await settled(page);
  const tile = page.getByRole("group", { name: "Measures" }).getByRole("button", { name: /^Recall weighted/ });
  await tile.click();
  await page.waitForURL(/measure=recall/);
  await page.getByRole("heading", { name: "Recall over time" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Recall over time" }).waitFor();
}

export async function modelMeasureAsTable({ page, base }) {
  await modelMetrics({ page, base });
  await page.getByRole("img", { name: /^Accuracy over time, / }).focus();
  await page.keyboard.press("ArrowLeft");
  const spoken = await page.locator("[aria-live=polite]").first().innerText();
  expect(/Accuracy .*with truth \d/.test(spoken), `what is said is “${spoken}”`);
  await page.getByRole("button", { name: "Show as table" }).first().click();
  const values = page.getByRole("region", { name: "Accuracy, values" });
  await values.getByRole("columnheader", { name: "95 % interval" }).waitFor();
}

/** From a cell of the confusion matrix to its predictions. */
export async function modelConfusionCell({ page, base }) {
  await modelClasses({ page, base });
  const cell = page.getByRole("link", { name: / predicted .*, true / }).first();
  await cell.click();
  await page.waitForURL(/tab=predictions/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("truth") !== null && searchParams.get("predicted") !== null, `the address is ${page.url()}`);
  await page
    .getByText(/of the .* newest|None of the .* newest/)
    .first()
    .waitFor();
}

export async function modelFilter({ page, base }) {
  await modelPredictions({ page, base });
  await page.getByRole("button", { name: "All predictions" }).click();
  await page.waitForURL((url) => !url.search.includes("outcome"));
}

export async function modelThreshold({ page, base }) {
  await modelClasses({ page, base });
  const slider = page.getByRole("slider");
  if ((await slider.count()) === 0) return;
  const shown = page.getByText(/^Threshold \d/);
  const before = await shown.innerText();
  await slider.focus();
  await page.keyboard.press("End");
  await shown.filter({ hasNotText: before }).waitFor();
}

/** What people say of a model, and what has happened to it. */
export async function modelAbout({ page, base }) {
  await open(page, base, "About", "about");
  await page.getByRole("heading", { name: "Events", exact: true }).waitFor();
  await page.getByRole("heading", { name: "Inputs", exact: true }).waitFor();
  await page
    .getByRole("cell", { name: /^Deployed / })
    .first()
    .waitFor();
  await settled(page);
}

async function open(page, base, name, key) {
  await modelMain({ page, base });
  await tab(page, name).click();
  await page.waitForURL(new RegExp(`tab=${key}`));
}

function tab(page, name) {
  return page.getByRole("navigation", { name: /^Views of / }).getByRole("link", { name, exact: true });
}
