// Adds up the reports of all suites and prints the last line of ./test. Arguments: 1 when a suite ended badly (else 0), then the report files.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

// How each kind of report, told by its file name, says what happened.
const kinds = {
  ctrf: ({ results: { summary } }) => ({ passed: summary.passed, failed: summary.failed, skipped: summary.skipped + summary.pending }),
  vitest: (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + (report.numTodoTests ?? 0) }),
  playwright: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }),
};

const [endedBadly, ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
let bad = endedBadly !== "0";

for (const file of files) {
  const [suite, kind] = basename(file, ".json").split(".");
  const counts = kinds[kind](JSON.parse(readFileSync(file, "utf8")));
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.log(`${suite} ran no test at all`);
    bad = true;
  }
}

if (files.length === 0) bad = true;
// A suite that crashed outside its tests is a failure that no report counts.
if (bad && total.failed === 0) total.failed = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(bad || total.failed > 0 ? 1 : 0);
