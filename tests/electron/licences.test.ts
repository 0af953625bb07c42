// Licences of what is shipped: no package without its text, none that the product may not be shipped with.
import { expect, test } from 'vitest';
import { licenceNotices, shippedPackages } from '../../scripts/lib/licences.ts';

const packages = shippedPackages();

test('what runs and what is bundled into the window is named with its licence, and nothing of the Node of the sources', () => {
  const names = packages.map((one) => one.name);
  for (const name of [
    'better-sqlite3',
    'sharp',
    'docx',
    'vue',
    '@vue/runtime-core',
    'element-plus',
    'echarts',
    'zrender',
    'pinia',
    'zod',
  ])
    expect(names, name).toContain(name);
  expect(names.filter((name) => /^node-(?:bin|linux|win|darwin)-/.test(name))).toEqual([]);
  expect(packages.filter((one) => one.licence === '' || one.version === '')).toEqual([]);
});

test('a package brings its text, or stands under a licence whose name says it all', () => {
  const bare = packages.filter((one) => one.text.length < 200).map((one) => `${one.name}: ${one.licence}`);
  expect(
    bare.filter((line) => !/: (?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense)$/.test(line)),
  ).toEqual([]);
});

test('no licence asks that the product itself be given away: only libvips, beside the program as a file, stands under the LGPL', () => {
  const copyleft = packages.filter((one) => /GPL|AGPL|SSPL|CC-BY-SA/.test(one.licence)).map((one) => one.name);
  expect(copyleft.filter((name) => !name.startsWith('@img/sharp-libvips-'))).toEqual([]);
});

test('the notice of libvips says what it is under, where it lies, where its source is; the texts of LGPL and GPL follow', () => {
  const text = licenceNotices();
  expect(text).toContain('libvips, through sharp, as a library under the GNU Lesser General Public License');
  expect(text).toContain('https://github.com/lovell/sharp-libvips');
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
  expect(text).toContain('GNU GENERAL PUBLIC LICENSE');
  expect(text).toMatch(/\| *(?:glib|cairo|libheif|pango) /);
});
