// Bundles the scripts and styles of the pages into static files that the wheel ships, and tells how large they are.
//
// Each file of src/pages is the script of one page; what several share becomes a chunk. With --schema alone it writes the
// types of the API, from the committed OpenAPI document.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import openapi, { astToString } from "openapi-typescript";

const here = new URL(".", import.meta.url);
const built = new URL("../src/fieldops_http/pages/static/built/", here);

const types = await openapi(new URL("../docs/openapi.json", here));
await writeFile(new URL("src/schema.d.ts", here), astToString(types));
if (process.argv.includes("--schema")) process.exit();

const pages = (await readdir(new URL("src/pages/", here))).filter((name) => name.endsWith(".ts"));
await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
const { outputFiles, metafile } = await build({
  absWorkingDir: here.pathname,
  entryPoints: pages.map((name) => `src/pages/${name}`),
  outdir: built.pathname,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome120", "firefox121", "safari17.4"],
  minify: true,
  legalComments: "none",
  loader: { ".png": "dataurl" },
  logLevel: "warning",
  metafile: true,
  write: false,
});
await Promise.all(outputFiles.map((file) => writeFile(file.path, file.contents)));
await writeFile(new URL("LICENSES.txt", built), (await licences(metafile)).join("\n\n"));
for (const file of outputFiles.filter((each) => /\.(js|css)$/.test(each.path)))
  console.log(file.path.slice(built.pathname.length), file.contents.length, brotliCompressSync(file.contents).length);

// What others wrote of it, and on which terms.
async function licences({ inputs }) {
  const roots = new Set(Object.keys(inputs).map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
  return Promise.all(
    [...roots].sort().map(async (root) => {
      const { name, version, license } = JSON.parse(await readFile(new URL(`${root}/package.json`, here), "utf8"));
      const file = (await readdir(new URL(root, here))).find((each) => /^licen[cs]e/i.test(each));
      return `${name} ${version}, ${license}\n\n${file ? await readFile(new URL(`${root}/${file}`, here), "utf8") : ""}`.trim();
    }),
  );
}
