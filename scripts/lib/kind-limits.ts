// What a kind of record may cost, and how its files are cut: one job each, named for it, none too long.
import { basename } from 'node:path';
import ts from 'typescript';

/** A file that came in with a kind: how many lines of it are new, and its text. */
export interface TouchedFile {
  readonly file: string;
  readonly added: number;
  readonly isNew: boolean;
  readonly text: string;
}

/** Files that a kind may touch beside its tests, its generated migration and documents. */
export const MOST_FILES: Readonly<Record<'part' | 'record', number>> = { part: 3, record: 8 };

const MOST_LINES = 250;

/** Jobs of a file by what it calls, with the name that a file of that job has. */
const JOBS: Readonly<Record<string, string>> = {
  defineEntity: 'entities',
  defineSet: 'entities',
  defineWorkflow: 'workflow',
  defineFigure: 'figures',
  definePaper: 'paper',
  defineSection: 'section',
  defineList: 'list',
};

/** Jobs of a file: what it defines, or a page. */
export function jobsOf(file: string, text: string): string[] {
  if (file.endsWith('.vue')) return ['page'];
  const jobs = new Set<string>();
  const visit = (node: ts.Node): void => {
    const job = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? JOBS[node.expression.text] : undefined;
    if (job !== undefined) jobs.add(job);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return [...jobs];
}

const isNamedFor = (file: string, job: string): boolean =>
  job === 'page' ? /(?<!\w)[A-Z]\w*Page\.vue$/.test(file) : basename(file) === `${job}.ts`;

/** What stands against the files of a kind; empty when they are as they should be. */
export function faultsOf(touched: readonly TouchedFile[], most: number): string[] {
  const faults = touched.length > most ? [`${touched.length} files, at most ${most} are meant`] : [];
  for (const { file, isNew, text } of touched) {
    if (!isNew) continue;
    const lines = text.trimEnd().split('\n').length;
    if (lines > MOST_LINES) faults.push(`${file} has ${lines} lines, at most ${MOST_LINES} are meant`);
    const jobs = /\.(ts|vue)$/.test(file) ? jobsOf(file, text) : [];
    if (jobs.length > 1) faults.push(`${file} does several things: ${jobs.join(', ')}`);
    for (const job of jobs.slice(0, 1))
      if (!isNamedFor(file, job)) faults.push(`${file} is not named for what it holds: ${job}`);
  }
  return faults;
}
