// The workflows cannot run here; that they are well formed and name things that exist can be seen.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/run.ts';
import { readBuilderConfig, yaml } from './support/packing.ts';

interface Step {
  run?: string;
  uses?: string;
  env?: Record<string, string>;
}
interface Job {
  'runs-on': string;
  steps: Step[];
  strategy?: { matrix: { include: { name: string; runner: string; arguments: string; app: string }[] } };
}
interface Workflow {
  name: string;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const FOLDER = join(ROOT, '.github', 'workflows');
const read = (name: string): Workflow => yaml.load(readFileSync(join(FOLDER, name), 'utf8')) as Workflow;
const files = readdirSync(FOLDER);

test.each(files)(
  '%s is YAML with jobs that run somewhere and do something, and may only read the repository',
  (name) => {
    const workflow = read(name);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) {
      expect(job['runs-on']).toBeTruthy();
      for (const step of job.steps) expect([step.run, step.uses].filter(Boolean), JSON.stringify(step)).toHaveLength(1);
    }
  },
);

test('every npm script that a workflow or .ci/run calls exists: a renamed one shows only on the day of a release', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const texts = [
    ...files.map((name) => readFileSync(join(FOLDER, name), 'utf8')),
    readFileSync(join(ROOT, '.ci', 'run'), 'utf8'),
  ];
  const called = texts.flatMap((text) =>
    [...text.matchAll(/npm (?:run )?(test|start|[a-z]+(?= --))/g)].map((match) => match[1] ?? ''),
  );
  expect(called).toContain('test');
  expect(called).toContain('package');
  for (const name of called) expect(Object.keys(scripts)).toContain(name);
});

test('the release is built for Windows x64 and both kinds of Mac, and the suite is pointed at the program that is packed', () => {
  const { jobs } = read('release.yml');
  const rows = jobs.build?.strategy?.matrix.include ?? [];
  expect(rows.map((row) => row.name)).toEqual(['windows-x64', 'macos-arm64', 'macos-x64']);
  const product = String(readBuilderConfig().productName);
  for (const row of rows) {
    expect(row.app).toMatch(/^release\/e2e\//);
    expect(row.app).toMatch(new RegExp(`/${product}(\\.exe)?$`));
    expect(row.arguments).toContain(row.name.endsWith('arm64') ? '--arm64' : '--x64');
  }
});

test('CI runs the script of the checkout, which may be run', () => {
  expect(read('ci.yml').jobs.test?.steps.some((step) => step.run === '.ci/run')).toBe(true);
  expect(existsSync(join(ROOT, '.ci', 'run'))).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(ROOT, '.ci', 'run')).mode & 0o111).not.toBe(0);
});
