// Parses Mermaid with Mermaid's own parser: whole .mmd files, and every fence of .md files. Says what it read.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { JSDOM } = await load("jsdom");
const { window } = new JSDOM("<body></body>");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await load("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

const fences = (text) => [...text.matchAll(/^```mermaid\n(.*?)^```$/gms)].map((fence) => fence[1]);
let read = 0;
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8");
  const diagrams = path.endsWith(".mmd") ? [text] : fences(text);
  for (const [at, diagram] of diagrams.entries()) {
    try {
      await mermaid.parse(diagram);
      read += 1;
    } catch (error) {
      console.error(`${path}, diagram ${at + 1}: ${error.message}\n${diagram}`);
      process.exitCode = 1;
    }
  }
}
console.log(`${read} diagrams`);
if (read === 0) process.exitCode = 1;
