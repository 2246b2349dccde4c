// Asks the package registries which of the packages in use have known vulnerabilities, prints them, and writes a report for totals.mjs.
// A registry that cannot be asked is no finding and no all-clear: it is counted as skipped and the reason is printed. High and critical findings fail.
// Arguments: the solution, the report file.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";

const minutesMax = 3;
const serious = new Set(["high", "critical"]);

/** The program's output, whatever its exit code: both tools exit with 1 when they find something. */
function outputOf(program, args) {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: minutesMax * 60_000, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      resolve({ text: stdout, trouble: error?.killed ? `no answer within ${minutesMax} minutes` : stderr.trim().split("\n")[0] || error?.message.split("\n")[0] }),
    );
  });
}

function parsed({ text, trouble }) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(trouble || "the answer is not JSON");
  }
}

/** A source without this resource answers "no vulnerable packages" to everything. */
async function servesAdvisories(source) {
  const index = await (await fetch(source, { signal: AbortSignal.timeout(30_000) })).json();
  return index.resources.some((resource) => String(resource["@type"]).startsWith("VulnerabilityInfo"));
}

async function nuget(solution) {
  const report = parsed(await outputOf("dotnet", ["list", solution, "package", "--vulnerable", "--include-transitive", "--format", "json"]));
  if (!report.sources?.length) throw new Error("no package source");
  if (!(await Promise.all(report.sources.map(servesAdvisories))).some(Boolean)) throw new Error("the package source serves no vulnerability data");
  const found = new Map();
  for (const project of report.projects)
    for (const framework of project.frameworks ?? [])
      for (const list of [framework.topLevelPackages, framework.transitivePackages])
        for (const used of list ?? [])
          for (const { severity, advisoryurl } of used.vulnerabilities ?? [])
            found.set(`${used.id} ${advisoryurl}`, { name: `${used.id} ${used.resolvedVersion}`, severity: severity.toLowerCase(), link: advisoryurl });
  return [...found.values()];
}

async function npm() {
  const report = parsed(await outputOf("npm", ["audit", "--omit=dev", "--json"]));
  if (!report.vulnerabilities) throw new Error(String(report.message ?? report.error?.summary ?? "no answer").replace(/ - .*/, ""));
  // What is only affected by way of another package names that package instead of a link.
  return Object.values(report.vulnerabilities).flatMap(({ via }) => via.filter((cause) => cause.url).map(({ name, range, severity, url }) => ({ name: `${name} ${range}`, severity, link: url })));
}

const [solution, file] = process.argv.slice(2);
const summary = { passed: 0, failed: 0, skipped: 0, pending: 0 };
for (const [registry, ask] of [["NuGet", () => nuget(solution)], ["npm", npm]]) {
  try {
    const found = await ask();
    for (const { name, severity, link } of found) console.log(`${registry}: ${name} has a known vulnerability, ${severity}: ${link}`);
    if (found.length === 0) console.log(`${registry}: no package in use has a known vulnerability`);
    summary[found.some(({ severity }) => serious.has(severity)) ? "failed" : "passed"]++;
  } catch (error) {
    console.log(`${registry}: not checked for known vulnerabilities: ${error.cause?.code ?? error.message}`);
    summary.skipped++;
  }
}
writeFileSync(file, JSON.stringify({ results: { summary } }));
process.exit(summary.failed > 0 ? 1 : 0);
