// Adds up the reports of all suites, repeats what failed, and prints the last line of ./test.
// Arguments: what ended badly, a line each; then the report files.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const messageLinesMax = 25;

// How each kind of report, told by its file name, says what happened and what failed.
const kinds = {
  ctrf: ({ results: { summary, tests = [] } }) => ({
    passed: summary.passed,
    failed: summary.failed,
    skipped: summary.skipped + summary.pending,
    failures: tests.filter(({ status }) => status === "failed").map(({ name, message, trace }) => ({ name, message: [message, trace].join("\n") })),
  }),
  vitest: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures: report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => ({ name: fullName, message: failureMessages.join("\n") })),
  }),
  playwright: ({ stats, suites = [] }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: suites.flatMap(specsOf).flatMap(failuresOfSpec),
  }),
};

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

// A walk that needed its second try counts as passed, and is still told of.
function failuresOfSpec({ title, file, tests }) {
  return tests
    .filter(({ status }) => status === "unexpected" || status === "flaky")
    .map(({ projectName, status, results }) => ({
      name: `[${projectName}] ${file}: ${title}${status === "flaky" ? " (passed when tried again)" : ""}`,
      message: results.flatMap(({ errors }) => errors.map((error) => error.message)).join("\n"),
    }));
}

const [endedBadly, ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
let bad = endedBadly !== "";

for (const file of files) {
  const [suite, kind] = basename(file, ".json").split(".");
  const counts = kinds[kind](JSON.parse(readFileSync(file, "utf8")));
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.log(`${suite} ran no test at all`);
    bad = true;
  }
  for (const { name, message } of counts.failures) {
    console.log(`-- ${suite}: ${name}`);
    for (const line of message.split("\n").filter((text) => text.trim()).slice(0, messageLinesMax)) console.log(`   ${line}`);
  }
}

if (endedBadly) console.log(endedBadly.trimEnd());
if (files.length === 0) bad = true;
// A suite that crashed outside its tests is a failure that no report counts.
if (bad && total.failed === 0) total.failed = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(bad || total.failed > 0 ? 1 : 0);
