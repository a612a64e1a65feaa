// Parses AsyncAPI with its own parser; errors and warnings count, a hint that there is a newer version does not.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { Parser } = (await load("@asyncapi/parser")).default;
const parser = new Parser();
let operations = 0;
for (const path of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(readFileSync(path, "utf8"), { source: path });
  const faults = diagnostics.filter(({ severity }) => severity <= 1);
  faults.forEach(({ code, message, path: at }) => console.error(`${path}: ${code} ${message} ${at.join(".")}`));
  if (!document || faults.length > 0) process.exitCode = 1;
  else operations += document.operations().all().length;
}
console.log(`${operations} operations`);
if (operations === 0) process.exitCode = 1;
