// npm run build: the window and the back end, into dist/.
import { buildBackEnd, buildWindow } from './lib/build.ts';
import { requireCurrentNode } from './lib/run.ts';

requireCurrentNode();
for (const [name, build] of [
  ['back end', buildBackEnd],
  ['window', buildWindow],
] as const) {
  if ((await build()) !== 0) {
    console.error(`The ${name} could not be built.`);
    process.exit(1);
  }
}
