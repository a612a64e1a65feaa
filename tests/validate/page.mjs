// Opens .svg and .html files in Chromium as people see them, and tells what they could not read: text that runs out of
// what it stands on, pages wider than their window, letters too faint, letters no font has. The last argument that ends
// in .png is where a screenshot of the first file goes.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { chromium } = (await load("playwright-core")).default;
const paths = process.argv.slice(2).filter((path) => !path.endsWith(".png"));
const picture = process.argv.slice(2).find((path) => path.endsWith(".png"));

// Runs in the page.
function faults() {
  const CONTRAST_MIN = 6;
  const found = [];
  const tell = (what, text) => found.push(`${what}: ${JSON.stringify(text.trim().slice(0, 60))}`);

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push(`${page.scrollWidth} px wide in ${page.clientWidth}`);

  const rgb = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = rgb(color).map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const contrast = (a, b) => Math.max(light(a), light(b)) / Math.min(light(a), light(b));
  const isClear = (color) => (rgb(color)[3] ?? 1) === 0;

  // What a text of a drawing stands on is the last filled rectangle before it that holds its middle.
  const inDrawing = (text) => {
    const box = text.getBBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const holds = (it) => it.x <= x && x <= it.x + it.width && it.y <= y && y <= it.y + it.height;
    const before = [...text.ownerSVGElement.querySelectorAll("rect,circle")]
      .filter((it) => it.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .filter((it) => getComputedStyle(it).fill !== "none" && getComputedStyle(it).fillOpacity === "1")
      .filter((it) => holds(it.getBBox()));
    const ground = before.at(-1);
    if (!ground) return tell("stands on nothing", text.textContent);
    const room = ground.getBBox();
    // The box of a text is higher than its letters.
    const air = box.height * 0.3;
    const beside = Math.max(room.x - box.x, box.x + box.width - room.x - room.width);
    const above = Math.max(room.y - box.y, box.y + box.height - room.y - room.height) - air;
    const over = Math.max(beside, above);
    const isSmall = text.getScreenCTM().a < 0.5;
    if (over > 1 && !isSmall) tell(`${over.toFixed(1)} px out of its place`, text.textContent);
    const seen = contrast(getComputedStyle(text).fill, getComputedStyle(ground).fill);
    if (seen < CONTRAST_MIN) tell(`contrast ${seen.toFixed(1)}`, text.textContent);
  };
  const inPage = (node) => {
    const element = node.parentElement;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || !element.getClientRects().length) return;
    let ground = element;
    while (ground && isClear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const seen = contrast(style.color, ground ? getComputedStyle(ground).backgroundColor : "rgb(255,255,255)");
    if (seen < CONTRAST_MIN) tell(`contrast ${seen.toFixed(1)}`, node.data);
  };
  document.querySelectorAll("svg text").forEach(inDrawing);
  const walker = document.createTreeWalker(document.body ?? page, NodeFilter.SHOW_TEXT);
  const letters = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("style,script,title,desc")) continue;
    [...node.data].forEach((letter) => letters.add(letter));
    if (!node.parentElement.closest("svg") && node.data.trim()) inPage(node);
  }

  // A letter that no font has looks like one that cannot be in any.
  const pen = new OffscreenCanvas(24, 24).getContext("2d", { willReadFrequently: true });
  const drawn = (letter) => {
    pen.clearRect(0, 0, 24, 24);
    pen.font = "16px sans-serif";
    pen.fillText(letter, 2, 18);
    return pen.getImageData(0, 0, 24, 24).data.join();
  };
  const missing = drawn("\u{10fffd}");
  [...letters].filter((it) => it.trim() && drawn(it) === missing).forEach((it) => tell("no font has", it));
  return [found, letters.size];
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
const look = async (path, text, width, media) => {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ media });
  const style = "<style>body{margin:0}svg{display:block}</style>";
  await page.setContent(path.endsWith(".svg") ? `<!doctype html>${style}<body>${text}` : text);
  const [found, letters] = await page.evaluate(faults);
  found.forEach((fault) => console.error(`${path} at ${width} px, ${media}: ${fault}`));
  if (found.length > 0 || letters === 0) process.exitCode = 1;
};
for (const path of paths) {
  const text = readFileSync(path, "utf8");
  const [, own] = path.endsWith(".svg") ? (text.match(/^<svg [^>]*\bwidth="(\d+)"/) ?? []) : [];
  if (own) {
    await look(path, text, Number(own), "screen");
  } else {
    await look(path, text, 360, "screen");
    await look(path, text, 718, "print");
    await look(path, text, 800, "screen");
  }
  if (picture && path === paths[0]) await page.screenshot({ path: picture, fullPage: true });
}
await browser.close();
console.log(`${paths.length} pages`);
