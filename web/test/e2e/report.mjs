// Counts what was checked, and says at once what failed.

export class Report {
  #passed = 0;
  #failures = [];

  /** Runs one check; a failure is noted and the walk goes on. */
  async check(name, body) {
    try {
      await body();
      this.#passed++;
      console.log(`  ok    ${name}`);
    } catch (error) {
      this.#failures.push(name);
      console.log(
        `  FAIL  ${name}\n        ${String(error.message ?? error)
          .split("\n")
          .slice(0, 12)
          .join("\n        ")}`,
      );
    }
  }

  /** Prints the sum, as the last line; the answer is the exit status. */
  finish() {
    console.log(`walk: ${this.#passed} passed, ${this.#failures.length} failed`);
    return this.#failures.length === 0 ? 0 : 1;
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

export function expectNone(problems, what) {
  expect(problems.length === 0, `${what}:\n${[...new Set(problems)].join("\n")}`);
}
