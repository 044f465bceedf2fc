// Bundles what the pages load into the folder that dotnet build names: one file per entry, and each compressed beside it.
import { build } from 'esbuild';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const out = process.argv[2];
if (!out)
  throw new Error('Name the folder to write to: node build.mjs FOLDER');

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: ['src/page.js', 'src/site.js', 'src/texts.js', 'src/chart.js', 'src/texts.css'],
  outdir: out,
  bundle: true,
  minify: true,
  // Classic scripts: browsers load no module from a file.
  format: 'iife',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  // Every browser that runs these scripts takes woff2.
  loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty' },
  assetNames: '[name]',
  legalComments: 'none',
  logLevel: 'warning',
});

for (const file of await readdir(out)) {
  if (/\.(js|css)$/.test(file))
    await writeFile(join(out, file + '.br'), brotliCompressSync(await readFile(join(out, file))));
}
