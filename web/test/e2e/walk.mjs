// Walks through every page in both themes: npm run walk, or npm run walk -- http://127.0.0.1:7444 [--write].
//
// Without an address it starts the stand-in server. With one, that of a demo with a firing alert that was told
// by mail, it changes nothing there, unless --write allows it to set a ground truth. Pictures go to target/screenshots.
import { mkdirSync } from "node:fs";
import { startFixture } from "../fixture/server.mjs";
import { accessibilityProblems, openBrowser } from "./browser.mjs";
import * as modelSteps from "./modelSteps.mjs";
import { expect, expectNone, Report } from "./report.mjs";
import * as steps from "./steps.mjs";

const PICTURES = "target/screenshots";
const SEEN = [
  "home",
  "models",
  "model",
  ...modelSteps.TABS,
  "prediction",
  "alerts",
  "alert",
  "mail",
  "logs",
  "logLine",
  "logFailure",
  "logPicker",
  "logSeries",
  "alertOver",
  "explore",
  "exploreTable",
  "exploreFailure",
  "targets",
  "missingPrediction",
];
const DONE = [
  "timeRange",
  "keyboard",
  "chartByKeyboard",
  "older",
  "prometheusLink",
  "themeSwitch",
  "predictionLink",
  "copyAsCurl",
  "scoringOnly",
  "version",
  "slowAnswer",
  "alertFilter",
  "logFilter",
  "logMore",
  "logFollow",
  "logZoom",
  "logKeyboard",
  "logHeld",
  "predictionLogs",
  ...modelSteps.ACTIONS,
];
// A query that is wrong on purpose is answered with 400, which the browser reports by itself.
const EXPECTED = {
  exploreFailure: /status of 400/,
  logFailure: /status of 400/,
  // There may be too few truths, or no probabilities: the page says so.
  modelEstimates: /status of 422/,
  // There may be no reference yet: the page says so.
  modelDrift: /status of 422/,
  // There may be no rows before: the page says so.
  modelChanges: /status of 422/,
  missingPrediction: /status of 404/,
  signIn: /status of 401/,
};

const STEPS = new Map(Object.entries({ ...steps, ...modelSteps }));

const [address] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const mayWrite = process.argv.includes("--write") || address === undefined;
const report = new Report();
mkdirSync(PICTURES, { recursive: true });

const fixture = address === undefined ? await startFixture() : null;
const base = (address ?? fixture.address).replace(/\/$/, "");
for (const theme of ["light", "dark"]) await walkPages(theme);
await walkNarrow();
await fixture?.close();
if (fixture) {
  await walkSignIn();
  await walkOpen();
  await walkFirstRun();
  await walkLostServer();
  await walkBelowPath();
}
process.exit(report.finish());

async function walkPages(theme) {
  console.log(`${theme} theme`);
  const browser = await openBrowser({ theme });
  for (const name of SEEN) await look(browser, name, `${theme}-${name}`);
  const actions = theme === "light" ? [...DONE, ...(mayWrite ? ["groundTruth"] : [])] : [];
  for (const name of actions) await report.check(name, () => unharmed(browser, name));
  await browser.close();
}

async function walkNarrow() {
  console.log("narrow window");
  const browser = await openBrowser({ width: 420, height: 900 });
  for (const name of ["home", "model", "modelMain", "modelClasses", "alerts", "alert", "logs", "logLine"])
    await look(browser, name, `narrow-${name}`);
  await browser.close();
}

async function walkSignIn() {
  console.log("a server that knows its users");
  const guarded = await startFixture({ token: "let-me-in" });
  const browser = await openBrowser();
  await report.check("signIn", async () => {
    await browser.page.goto(guarded.address);
    await browser.page.getByRole("heading", { name: "Sign in" }).waitFor();
    await picture(browser.page, "light-signIn");
    expectNone(await accessibilityProblems(browser.page), "accessibility");
    await browser.page.getByRole("textbox", { name: "Token" }).fill("let-me-in");
    await browser.page.getByRole("button", { name: "Sign in" }).click();
    await browser.page.locator("tbody tr").first().waitFor();
    expectNone(unexpected(browser, "signIn"), "problems in the browser");
  });
  await browser.close();
  await guarded.close();
}

async function walkOpen() {
  console.log("a server that anyone may use");
  const open = await startFixture({ open: true });
  for (const theme of ["light", "dark"]) {
    const browser = await openBrowser({ theme });
    await report.check(`${theme}-open`, async () => {
      await browser.page.goto(open.address);
      await browser.page.getByRole("complementary", { name: "Warning" }).waitFor();
      await browser.page.locator("tbody tr").first().waitFor();
      await picture(browser.page, `${theme}-open`);
      expectNone(await accessibilityProblems(browser.page), "accessibility");
    });
    await browser.close();
  }
  await open.close();
}

async function walkFirstRun() {
  console.log("a server that has seen nothing");
  const fresh = await startFixture({ empty: true });
  const browser = await openBrowser();
  await report.check("firstRun", async () => {
    await browser.page.goto(fresh.address);
    await browser.page.getByRole("heading", { name: "No model has been seen yet" }).waitFor();
    await browser.page.getByText("Send predictions").click();
    await browser.page.getByText("curl -X POST").waitFor();
    await picture(browser.page, "light-firstRun");
    expectNone(await accessibilityProblems(browser.page), "accessibility");
    expectNone(unexpected(browser, "firstRun"), "problems in the browser");
  });
  for (const [name, text] of [
    ["alerts", "No rule watches anything."],
    ["logs", "No log line has arrived in this time."],
  ]) {
    await report.check(`${name}-empty`, async () => {
      await browser.page.goto(`${fresh.address}/${name}`);
      await browser.page.getByText(text).waitFor();
      await picture(browser.page, `light-${name}-empty`);
      expectNone(await accessibilityProblems(browser.page), "accessibility");
      expectNone(unexpected(browser, name), "problems in the browser");
    });
  }
  await browser.close();
  await fresh.close();
}

async function walkLostServer() {
  console.log("a server that goes away and comes back");
  const first = await startFixture();
  const port = Number(new URL(first.address).port);
  const browser = await openBrowser();
  await report.check("lostServer", async () => {
    const { page } = browser;
    await page.goto(`${first.address}/?refresh=1s`);
    await page.locator("canvas").first().waitFor();
    await first.close();
    await page.getByText(/^The server cannot be reached/).waitFor();
    expect((await page.locator("tbody tr").count()) > 0, "what was on the page has gone");
    await picture(page, "light-lostServer");
    const second = await startFixture({ port });
    await page.getByText(/^The server cannot be reached/).waitFor({ state: "detached" });
    await second.close();
  });
  await browser.close();
}

async function walkBelowPath() {
  console.log("a server below a path, and a model with an awkward name");
  const below = await startFixture({ base: "/watch/" });
  const browser = await openBrowser();
  await report.check("belowPath", async () => {
    const { page } = browser;
    await page.goto(below.address);
    await page.getByRole("link", { name: "fraud/eu 5%" }).click();
    await page.getByRole("link", { name: "Predictions", exact: true }).click();
    await page
      .getByRole("button", { name: /^Details of / })
      .first()
      .waitFor();
    expect(page.url().includes("/watch/models/fraud%2Feu%205%25"), `the address is ${page.url()}`);
    await page.reload();
    await page
      .getByRole("button", { name: /^Details of / })
      .first()
      .waitFor();
    expectNone(browser.problems, "problems in the browser");
  });
  await browser.close();
  await below.close();
}

/** Goes to a page, takes its picture and asks axe about it. */
async function look(browser, name, file) {
  await report.check(file, async () => {
    await unharmed(browser, name);
    await picture(browser.page, file);
    expectNone(await accessibilityProblems(browser.page), "accessibility");
  });
}

async function unharmed(browser, name) {
  browser.problems.length = 0;
  await STEPS.get(name)({ page: browser.page, base });
  expectNone(unexpected(browser, name), "problems in the browser");
}

function unexpected({ problems }, name) {
  return problems.filter((problem) => !EXPECTED[name]?.test(problem));
}

function picture(page, file) {
  return page.screenshot({ path: `${PICTURES}/${file}.png` });
}
