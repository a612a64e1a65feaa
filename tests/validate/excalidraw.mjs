// Opens drawings as Excalidraw does, with its own `restore` in Chromium. It mends in silence what it does not understand,
// so whatever it mended is a fault: every element has to come out with the type, the words, the place and the bindings
// it went in with.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { chromium } = (await load("playwright-core")).default;
const { build } = await load("esbuild");

const bundle = await build({
  stdin: { contents: 'import { restore } from "@excalidraw/excalidraw"; window.restore = restore;', resolveDir: process.cwd() },
  bundle: true,
  write: false,
  format: "iife",
  define: { "process.env.NODE_ENV": '"production"', "import.meta.env": "{}" },
  loader: { ".css": "empty", ".woff2": "empty" },
  logLevel: "error",
});
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.setContent("<!doctype html><body></body>");
await page.addScriptTag({ content: bundle.outputFiles[0].text });

const told = (element) =>
  JSON.stringify([
    element.id, element.type, element.isDeleted, element.x, element.y, element.width, element.height,
    element.text, element.originalText, element.name, element.containerId, element.frameId, element.points,
    element.startBinding?.elementId, element.endBinding?.elementId, (element.boundElements ?? []).map((it) => it.id).sort(),
    element.customData,
  ]);
let failed = false;
for (const path of process.argv.slice(2)) {
  const drawing = JSON.parse(readFileSync(path, "utf8"));
  const restored = await page.evaluate(
    (drawing) => window.restore(drawing, null, null, { repairBindings: true, refreshDimensions: false }).elements,
    drawing,
  );
  const mended = difference(drawing.elements, restored);
  for (const element of [...mended].slice(0, 4)) console.log(`${path}: not as it went in: ${element.slice(0, 300)}`);
  failed ||= mended.size > 0 || restored.length !== drawing.elements.length || restored.length === 0;
}
await browser.close();
process.exit(failed ? 1 : 0);

function difference(before, after) {
  const [one, two] = [new Set(before.map(told)), new Set(after.map(told))];
  return new Set([...one].filter((it) => !two.has(it)).concat([...two].filter((it) => !one.has(it))));
}
