// npm run recount [kind …]: takes each kind of proof out of a copy of the tree, shows that the rest does without it, puts it back,
// counts the files that this touched, builds the copy and runs the kind through it. Ends with 1 where anything is not as meant.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityNamed } from '../domain/entities.ts';
import { countKind, figuresIn, PROOF, type KindCount } from './lib/kind-count.ts';
import { runKind } from './lib/kind-run.ts';
import { requireCurrentNode, ROOT } from './lib/run.ts';

requireCurrentNode();

function print({ kind, lines, touched, migration }: KindCount): void {
  console.log(`${kind}: ${touched.length} files, ${lines} lines`);
  for (const one of touched)
    console.log(`  ${String(one.added).padStart(4)}  ${one.file}${one.isNew ? '' : ' (lines in it)'}`);
  console.log(`  beside it, generated: ${migration}`);
}

const asked = process.argv.slice(2);
const documented = figuresIn(readFileSync(join(ROOT, 'docs', 'adding-a-kind.md'), 'utf8'));
const faults: string[] = [];
for (const proof of PROOF.filter(({ kind }) => asked.length === 0 || asked.includes(kind))) {
  const count = countKind(proof, 'built');
  try {
    print(count);
    const inDocs = documented.get(proof.kind);
    if (inDocs?.files !== count.touched.length || inDocs.lines !== count.lines)
      faults.push(`docs/adding-a-kind.md says ${JSON.stringify(inDocs ?? null)} of ${proof.kind}`);
    for (const step of await runKind(count.copy.folder, entityNamed(proof.kind)))
      console.log(`  ${step.did}: ${step.saw}`);
    faults.push(...count.faults.map((fault) => `${proof.kind}: ${fault}`));
  } catch (error) {
    faults.push(`${proof.kind}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    count.copy.close();
  }
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
