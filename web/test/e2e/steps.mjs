// What a person does on each page, and what must then be there. Works against any server that watches a model.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "./report.mjs";

const FIRST_DATA_MS = 60_000;

export async function home({ page, base }) {
  await page.goto(base);
  await page.getByRole("heading", { name: "Models", exact: true, level: 2 }).waitFor({ timeout: FIRST_DATA_MS });
  await page.locator("tbody tr").first().waitFor();
  await page.getByRole("heading", { name: "Hosts" }).waitFor();
  await page.locator("canvas").first().waitFor();
  await settled(page);
}

export async function models({ page, base }) {
  await page.goto(`${base}/models`);
  await page.getByRole("heading", { name: "All models" }).waitFor();
  await page.locator("tbody tr").first().waitFor();
  await settled(page);
}

export async function model({ page, base }) {
  await models({ page, base });
  const link = page.locator("tbody a").first();
  const name = await link.innerText();
  await link.click();
  await modelTab(page, "Traffic").click();
  await page.getByRole("heading", { name: "Traffic" }).waitFor();
  expect(page.url().includes(`/models/${encodeURIComponent(name)}`), `the address is ${page.url()}`);
  await page.locator("canvas").first().waitFor();
  await settled(page);
}

async function predictions({ page, base }) {
  await model({ page, base });
  await modelTab(page, "Predictions").click();
  await page.getByRole("heading", { name: "Latest predictions" }).waitFor();
  await settled(page);
}

function modelTab(page, name) {
  return page.getByRole("navigation", { name: /^Views of / }).getByRole("link", { name, exact: true });
}

export async function prediction({ page, base }) {
  await predictions({ page, base });
  await page
    .getByRole("button", { name: /^Details of / })
    .first()
    .click({ timeout: FIRST_DATA_MS });
  await page.getByRole("complementary", { name: "Prediction" }).waitFor();
  expect(page.url().includes("prediction="), `the address is ${page.url()}`);
  await settled(page);
}

/** A link to a prediction that is not in the list, because the list is of another time. */
export async function predictionLink({ page, base }) {
  await prediction({ page, base });
  const details = page.getByRole("complementary", { name: "Prediction" });
  const { pathname, searchParams } = new URL(page.url());
  const id = encodeURIComponent(searchParams.get("prediction"));
  const answer = await details.locator("strong").first().innerText();
  await page.goto(`${new URL(base).origin}${pathname}?from=1000000000000&to=1000000060000&prediction=${id}`);
  await details.getByText(decodeURIComponent(id), { exact: true }).waitFor();
  await page.getByText("No prediction in this time.").waitFor();
  expect((await details.locator("strong").first().innerText()) === answer, "another prediction is shown");
  await page.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });
  expect(!page.url().includes("prediction="), `the address is ${page.url()}`);
}

export async function missingPrediction({ page, base }) {
  await model({ page, base });
  await page.goto(`${page.url().split("?")[0]}?prediction=never-made`);
  const details = page.getByRole("complementary", { name: "Prediction" });
  await details.getByText(/has no prediction never-made/).waitFor();
  await settled(page);
}

/** What is copied asks the server for the same. */
export async function copyAsCurl({ page, base }) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(base).origin });
  await page.goto(`${base}/explore?g0.expr=vector(1)&g0.tab=table`);
  await page.getByRole("button", { name: "Copy as curl" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const { stdout } = await promisify(execFile)("sh", ["-c", `${command} -s`]);
  expect(JSON.parse(stdout).data.result.length > 0, `${command}\nanswers ${stdout}`);
}

/** Series of calls are of those that score. */
export async function scoringOnly({ page, base }) {
  await model({ page, base });
  await page.getByRole("link", { name: "Explore Traffic" }).click();
  const expr = new URL(page.url()).searchParams.get("g0.expr");
  expect(expr.includes('endpoint=~"/invocations|/predict|"'), `the query is ${expr}`);
}

/** An answer that takes long: an outline, then the way out, then the way back. */
export async function slowAnswer({ page, base }) {
  const release = deferred();
  await page.route(/query_range/, (route) => release.promise.then(() => route.continue()).catch(() => undefined));
  await page.goto(`${base}/explore?g0.expr=vector(1)`);
  await page.getByText("still asking").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("given up").waitFor();
  release.resolve();
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.locator("canvas").first().waitFor();
  await page.unroute(/query_range/);
}

export async function version({ page, base }) {
  await home({ page, base });
  const text = page.getByText(/^sightline \d+\.\d+/);
  await text.waitFor();
  const fits = await text.evaluate((node) => node.scrollWidth <= node.clientWidth);
  expect(fits, `“${await text.innerText()}” does not fit`);
}

/** Changes data: only for a server that nobody needs. */
export async function groundTruth({ page, base }) {
  await prediction({ page, base });
  const details = page.getByRole("complementary", { name: "Prediction" });
  await details.getByRole("textbox", { name: "Another value" }).fill("something-else");
  await details.getByRole("button", { name: "Set", exact: true }).click();
  await details.getByRole("status").getByText("something-else").waitFor();
}

export async function older({ page, base }) {
  await predictions({ page, base });
  await page.getByRole("button", { name: "Older" }).click({ timeout: FIRST_DATA_MS });
  await page.getByText(/standing still at/).waitFor();
  expect((await page.getByRole("button", { name: /^Details of / }).count()) > 50, "no second page was loaded");
  await page.getByRole("button", { name: "Back to the newest" }).click();
  await page.getByText(/standing still at/).waitFor({ state: "detached" });
}

export async function explore({ page, base }) {
  await page.goto(`${base}/explore`);
  const editor = page.locator(".cm-content");
  await editor.waitFor();
  await editor.click();
  await page.keyboard.type("vector(1)");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.locator("canvas").first().waitFor();
  expect(new URL(page.url()).searchParams.get("g0.expr") === "vector(1)", `the address is ${page.url()}`);
  await settled(page);
}

export async function exploreTable({ page, base }) {
  await page.goto(`${base}/explore?g0.expr=vector(1)&g0.tab=table&g1.expr=up`);
  await page.getByText("vector", { exact: true }).first().waitFor();
  await page.locator("tbody tr").first().waitFor();
  await settled(page);
}

export async function exploreFailure({ page, base }) {
  await page.goto(`${base}/explore?g0.expr=sum(up`);
  await page.getByRole("alert").waitFor();
  await settled(page);
}

export async function prometheusLink({ page, base }) {
  await page.goto(`${base}/graph?g0.expr=vector(1)&g0.tab=0&g0.range_input=30m`);
  await page.locator("canvas").first().waitFor();
  const url = new URL(page.url());
  expect(url.pathname.endsWith("/explore"), `the address is ${url}`);
  expect(url.searchParams.get("from") === "now-1800s", `the address is ${url}`);
}

export async function alerts({ page, base }) {
  await page.goto(`${base}/alerts`);
  await page.getByRole("heading", { name: "Active alerts" }).waitFor();
  await page.getByRole("heading", { name: "Notifications" }).waitFor();
  await page
    .getByRole("heading", { name: /^Rules: / })
    .first()
    .waitFor();
  await settled(page);
}

/** The first alert beside the page. */
export async function alert({ page, base }) {
  await alerts({ page, base });
  await page.getByRole("region", { name: "Active alerts" }).locator("tbody tr").first().click();
  const details = page.getByRole("complementary", { name: "Alert" });
  await details.locator("canvas").first().waitFor();
  expect(page.url().includes("alert="), `the address is ${page.url()}`);
  await settled(page);
}

/** A mail of the demo's sink as it looks: its styles are applied, its scripts are not run. */
export async function mail({ page, base }) {
  await alerts({ page, base });
  await page.getByRole("region", { name: "Messages of the demo" }).getByRole("row", { name: /mail/ }).first().click();
  const details = page.getByRole("complementary", { name: "Message" });
  await details.getByText("As it looks").waitFor();
  const frame = details.frameLocator("iframe");
  await frame.locator("body").waitFor();
  expect((await frame.locator("body").innerText()).length > 20, "the mail is empty");
  const style = frame.locator("[data-style]").first();
  if ((await style.count()) > 0) expect((await frame.locator("style").count()) === 1, "the mail has no styles");
  expect(!(await page.title()).includes("taken over"), "the mail ran a script");
  await settled(page);
}

export async function alertFilter({ page, base }) {
  await alerts({ page, base });
  await page.getByText("Inactive", { exact: true }).click();
  await page.waitForURL(/state=inactive/);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Look for an alert or a rule" }).fill("no such thing");
  await page.getByText("No rule is like that.").waitFor();
  await page.getByRole("link", { name: "Show all rules" }).click();
  await page
    .getByRole("heading", { name: /^Rules: / })
    .first()
    .waitFor();
}

export async function logs({ page, base }) {
  await page.goto(`${base}/logs`);
  await logLines(page).first().waitFor({ timeout: FIRST_DATA_MS });
  await page.getByRole("heading", { name: "Lines over time" }).waitFor();
  await page.getByRole("list", { name: "Levels" }).locator("li").first().waitFor();
  await settled(page);
}

/** A line opened: labels, and a filter made of one. */
export async function logLine({ page, base }) {
  await logs({ page, base });
  await logLines(page).first().click();
  await page.getByText("Labels", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Lines around it" }).waitFor();
  await settled(page);
}

export async function logFilter({ page, base }) {
  await logLine({ page, base });
  await page.getByRole("button", { name: "No lines with this service" }).first().click();
  await page.waitForURL(/service!%3D|service%21%3D/);
  await page.getByRole("button", { name: /^Remove service!=/ }).click();
  await page.waitForURL((url) => !url.search.includes("service%21%3D"));
  await page.getByRole("button", { name: "Filter by label" }).click();
  await page.getByRole("list", { name: "Labels" }).getByRole("button", { name: "level", exact: true }).click();
  await page.getByRole("list", { name: "Values of level" }).getByRole("button", { name: "info", exact: true }).click();
  await page.waitForURL(/level%3D%22info%22/);
  await logLines(page).first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("no line says this");
  await page.waitForURL(/no\+line\+says\+this/);
  await page.getByText("No line in this time is like that.").waitFor();
}

export async function logPicker({ page, base }) {
  await logs({ page, base });
  await page.getByRole("button", { name: "Filter by label" }).click();
  await page
    .getByRole("list", { name: /^Values of / })
    .getByRole("button")
    .first()
    .waitFor();
}

/** A link to an alert that is no more. */
export async function alertOver({ page, base }) {
  await page.goto(`${base}/alerts?alert=${encodeURIComponent('alertname="Gone",model="none"')}`);
  await page.getByRole("complementary", { name: "Alert" }).getByText("This alert is over").waitFor();
  await settled(page);
}

/** A query that counts is drawn. */
export async function logSeries({ page, base }) {
  const query = 'sum by (level) (count_over_time({service=~".+"} [60s]))';
  await page.goto(`${base}/logs?query=${encodeURIComponent(query)}`);
  await page.getByRole("heading", { name: "Counted" }).waitFor();
  await page.locator("canvas").first().waitFor();
  await settled(page);
}

export async function logFailure({ page, base }) {
  await page.goto(`${base}/logs?query=${encodeURIComponent('{service="gateway"')}`);
  await page.getByRole("alert").waitFor();
  await settled(page);
}

/** The next page of a list neither repeats nor leaves out a line. */
export async function logMore({ page, base }) {
  await logs({ page, base });
  const more = page.getByRole("button", { name: "Load older lines" });
  if (!(await more.isVisible())) return;
  const before = await countOfLines(page);
  await more.click();
  await page.waitForFunction(
    (count) => Number(document.querySelector("section h2 + span")?.textContent) !== count,
    before,
  );
  await settled(page);
  expect((await countOfLines(page)) > before, "no more lines were loaded");
}

export async function logFollow({ page, base }) {
  await logs({ page, base });
  await page.getByRole("button", { name: "Follow" }).click();
  await page.waitForURL(/follow=1/);
  const region = page.getByRole("region", { name: "Log lines" });
  const newest = () => logLines(page).first().getAttribute("title");
  const before = await newest();
  await page.waitForFunction(
    (time) => document.querySelector('[data-index="0"] button[aria-expanded]')?.title !== time,
    before,
  );
  await region.evaluate((list) => list.scrollBy(0, 600));
  const button = page.getByRole("button", { name: /^\d+ new lines?$/ });
  await button.click();
  await button.waitFor({ state: "detached" });
  expect((await region.evaluate((list) => list.scrollTop)) < 40, "the newest line is not in sight");
  await page.getByRole("button", { name: "Following" }).click();
  await page.waitForURL((url) => !url.search.includes("follow"));
}

export async function logZoom({ page, base }) {
  await logs({ page, base });
  const chart = await page.getByRole("img", { name: /^Lines over time/ }).boundingBox();
  const y = chart.y + 40;
  await page.mouse.move(chart.x + chart.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width * 0.8, y, { steps: 6 });
  await page.mouse.up();
  await page.waitForURL(/from=\d{13}&to=\d{13}/);
}

export async function logKeyboard({ page, base }) {
  await logs({ page, base });
  await page.getByRole("region", { name: "Log lines" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Lines around it" }).waitFor();
}

/** Lines that come before the one that is read neither push it away nor take the focus from it. */
export async function logHeld({ page, base }) {
  await logKeyboard({ page, base });
  const row = () => page.locator("[data-index]:has(button:focus)");
  const top = async () => (await row().boundingBox()).y;
  const before = await top();
  await page.waitForFunction(
    () => {
      document.querySelector('button[aria-label="Refresh"]').click();
      return Number(document.activeElement.closest("[data-index]")?.dataset.index) > 1;
    },
    null,
    { polling: 1_000 },
  );
  const moved = Math.abs((await top()) - before);
  expect(moved < 3, `the line that is read moved by ${moved} px`);
}

/** From a prediction to the lines of its call. */
export async function predictionLogs({ page, base }) {
  await prediction({ page, base });
  await page.getByRole("link", { name: "Its log lines" }).click();
  await page.waitForURL(/\/logs\?.*request_id/);
  await page.getByRole("heading", { name: "Lines", exact: true }).waitFor();
  await logLines(page).first().waitFor();
  expect((await countOfLines(page)) >= 1, "the call of a prediction has no line");
}

export async function targets({ page, base }) {
  await page.goto(`${base}/targets`);
  await page.locator("tbody tr, section p").first().waitFor();
  await settled(page);
}

export async function timeRange({ page, base }) {
  await home({ page, base });
  await page.keyboard.press("t");
  await page.getByRole("button", { name: "Last 5 minutes" }).click();
  await page.waitForURL(/from=now-5m&to=now/);
  const chart = await page.getByRole("img", { name: /^Requests/ }).boundingBox();
  const y = chart.y + 60;
  await page.mouse.move(chart.x + chart.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width * 0.7, y, { steps: 6 });
  await page.mouse.up();
  await page.waitForURL(/from=\d{13}&to=\d{13}/);
  await page.goBack();
  await page.waitForURL(/from=now-5m/);
}

export async function keyboard({ page, base }) {
  await home({ page, base });
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.waitForURL(/\/explore/);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.waitFor();
  await help.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  expect(await help.isHidden(), "keys work although they are switched off");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await help.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
}

export async function chartByKeyboard({ page, base }) {
  await home({ page, base });
  await page.getByRole("img", { name: /^Requests/ }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page
    .locator("[aria-live=polite]")
    .filter({ hasText: /^\d\d:\d\d:\d\d: / })
    .first()
    .waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Show as table" }).first().click();
  await page.getByRole("region", { name: "Requests, values" }).waitFor();
}

export async function themeSwitch({ page, base }) {
  await home({ page, base });
  const before = await themeOf(page);
  await page.getByRole("button", { name: /^Use the (light|dark) theme/ }).click();
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-mantine-color-scheme"));
  expect((await themeOf(page)) !== before, `the theme is still ${before} after a reload`);
  await page.getByRole("button", { name: /^Use the (light|dark) theme/ }).click();
  expect((await themeOf(page)) === before, "the theme did not change back");
}

function logLines(page) {
  return page.getByRole("region", { name: "Log lines" }).locator("button[aria-expanded]");
}

async function countOfLines(page) {
  const note = await page.getByRole("region", { name: "Lines", exact: true }).locator("h2 + span").innerText();
  return Number(note.replace(/\D/g, ""));
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function themeOf(page) {
  return page.evaluate(() => document.documentElement.getAttribute("data-mantine-color-scheme"));
}

/** Until every panel has its answer and the fonts are there. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
