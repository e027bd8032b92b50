// The pages of a run in a real browser: nothing beyond the page, every link has a target, the policy lets nothing in,
// axe-core finds no violation.
//
//   node tests/browser/pages.mjs FOLDER      pages of all bundles below FOLDER (unpacked), and run.html
//
// Prints TAP; skipped where chromium or the two packages of package.json are not installed.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const widths = [320, 400, 1280];
const schemes = ["light", "dark"];

function skip(why) {
  console.log("ok 1 - pages in a browser # SKIP " + why);
  process.exit(0);
}

function pagesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? pagesBelow(path) : (name.endsWith(".html") ? [path] : []);
  });
}

async function load(name) {
  try {
    return await import(require.resolve(name));
  } catch {
    return skip(name + " is not installed (npm install in tests/browser)");
  }
}

// In the page: elements that reach beyond it, but for those in a frame that scrolls.
function overflowing() {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && !element.closest(".scroll, figure, svg, .skip, pre");
  });
  const scrolls = document.documentElement.scrollWidth > width + 1;
  return wide.slice(0, 3).map((element) => element.tagName + "." + element.className).concat(scrolls ? ["page"] : []);
}

// In the page: links within it that lead nowhere, ids that stand twice, links to other pages.
function links() {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const hrefs = [...document.querySelectorAll("a[href]")].map((element) => element.getAttribute("href"));
  return {
    dead: hrefs.filter((href) => href.startsWith("#") && !document.getElementById(href.slice(1))),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    others: hrefs.filter((href) => !href.startsWith("#")),
  };
}

function checkOthers(file, others) {
  return others.flatMap((href) => {
    const [name, anchor] = href.split("#");
    const path = join(dirname(file), name);
    if (/^[a-z]+:/.test(name)) {
      return ["leads outside: " + href];
    }
    if (!existsSync(path)) {
      return name.endsWith(".html") ? ["no such page: " + href] : [];
    }
    return anchor && !readFileSync(path, "utf8").includes(`id="${anchor}"`) ? ["no such anchor: " + href] : [];
  });
}

// A script that a hostile page could hold must not run under the page's policy.
async function checkPolicy(page) {
  const ran = await page.evaluate(() => {
    const planted = document.createElement("script");
    planted.textContent = "window.planted = true";
    document.body.appendChild(planted);
    return window.planted === true;
  });
  return ran ? ["a planted script ran"] : [];
}

async function checkFile(browser, file, axe) {
  const faults = [];
  for (const scheme of schemes) {
    for (const width of widths) {
      const page = await browser.newPage();
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: 900 });
      await page.goto(pathToFileURL(file).href);
      const where = `${width} px, ${scheme}: `;
      for (const element of await page.evaluate(overflowing)) {
        faults.push(where + "beyond the page: " + element);
      }
      if (width !== 320) {
        await page.setBypassCSP(true);
        await page.reload();
        await page.evaluate(axe);
        const result = await page.evaluate(() => window.axe.run());
        faults.push(...result.violations.map((v) => where + v.id + ": " + v.nodes[0].html.slice(0, 160)));
      } else if (scheme === "light") {
        const found = await page.evaluate(links);
        faults.push(...found.dead.map((href) => "leads nowhere: " + href));
        faults.push(...found.twice.map((id) => "id stands twice: " + id));
        faults.push(...checkOthers(file, found.others));
        faults.push(...await checkPolicy(page));
      }
      await page.close();
    }
  }
  return faults;
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/browser/pages.mjs FOLDER");
  process.exit(3);
}
if (!browserPath) {
  skip("chromium is not installed");
}
const { default: puppeteer } = await load("puppeteer-core");
await load("axe-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox", "--allow-file-access-from-files"] });
let failed = 0;
const files = pagesBelow(resolve(folder));
console.log(`1..${files.length}`);
for (const [index, file] of files.entries()) {
  const faults = await checkFile(browser, file, axe);
  failed += faults.length > 0;
  console.log(`${faults.length ? "not ok" : "ok"} ${index + 1} - ${file}`);
  faults.forEach((fault) => console.log("  # " + fault));
}
await browser.close();
process.exit(failed ? 1 : 0);
