// Draws .mmd files with Mermaid in Chromium, as GitHub would, and tells of those whose quoted wordings are not in the
// picture. A last argument that ends in .png is where a screenshot goes.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { chromium } = (await load("playwright-core")).default;
const paths = process.argv.slice(2).filter((path) => !path.endsWith(".png"));
const picture = process.argv.slice(2).find((path) => path.endsWith(".png"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
await page.setContent("<body></body>");
await page.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
const letters = (text) => text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(code)).replace(/<br\/>|[\s…]/g, "");
for (const path of paths) {
  const text = readFileSync(path, "utf8");
  const quoted = [...text.matchAll(/"([^"]+)"/g)].flatMap((it) => it[1].split("<br/>")).map(letters).filter(Boolean);
  const fault = await page.evaluate(
    async ([text, at, quoted]) => {
      try {
        mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
        const { svg } = await mermaid.render(`drawn${at}`, text);
        document.body.insertAdjacentHTML("beforeend", svg);
        const shown = document.body.lastElementChild.textContent.replace(/[\s…]/g, "");
        const missing = quoted.filter((wording) => !shown.includes(wording));
        return missing.length ? `not in the picture: ${missing.join(" | ")}` : null;
      } catch (error) {
        return error.message;
      }
    },
    [text, paths.indexOf(path), quoted],
  );
  if (fault) {
    console.error(`${path}: ${fault}`);
    process.exitCode = 1;
  }
}
if (picture) await page.screenshot({ path: picture, fullPage: true });
await browser.close();
console.log(`${paths.length} drawn`);
if (paths.length === 0) process.exitCode = 1;
