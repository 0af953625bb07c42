// Secrets on the command line: from the environment, or asked for at a terminal, where nothing of them is shown; never an argument.
import type { ReadStream } from 'node:tty';

/** Where a secret is asked for: a terminal at both ends. */
export interface Terminal {
  input: Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'setEncoding'>;
  output: { isTTY?: boolean; write: (text: string) => unknown };
}

const own: Terminal = { input: process.stdin, output: process.stderr };

/** Is somebody there who can be asked? */
export const isAtTerminal = ({ input, output }: Terminal = own): boolean => input.isTTY && output.isTTY === true;

/** What the keys did: the text so far, and whether it is whole (`done`), taken back (`gone`), or goes on. */
function typed(before: string, keys: string): { text: string; end: 'done' | 'gone' | null } {
  let text = before;
  for (const key of keys) {
    if (key === '\r' || key === '\n') return { text, end: 'done' };
    if (key === '\u0003' || key === '\u0004') return { text, end: 'gone' };
    if (key === '\u007f' || key === '\b') text = [...text].slice(0, -1).join('');
    else if (key >= ' ') text += key;
  }
  return { text, end: null };
}

/** Asks for a secret at the terminal. Null where there is none, nothing was typed, or it was broken off (Ctrl+C). */
export async function askSecret(question: string, terminal: Terminal = own): Promise<string | null> {
  if (!isAtTerminal(terminal)) return null;
  const { input, output } = terminal;
  input.setEncoding('utf8');
  // Before the question: what is typed at once must not be shown either.
  input.setRawMode(true);
  output.write(question);
  input.resume();
  let text = '';
  return await new Promise((resolve) => {
    const onKeys = (keys: string): void => {
      const now = typed(text, keys);
      ({ text } = now);
      if (now.end === null) return;
      input.off('data', onKeys);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(now.end === 'done' && text !== '' ? text : null);
    };
    input.on('data', onKeys);
  });
}

/** Does the work with the secret of the environment; where that lacks (`lacks`), asks for it and does the work once more. */
export async function withSecret<T>(
  given: string | null,
  question: string,
  lacks: (error: unknown) => boolean,
  work: (secret: string | null) => Promise<T>,
): Promise<T> {
  try {
    return await work(given);
  } catch (error) {
    if (given !== null || !lacks(error)) throw error;
    const asked = await askSecret(question);
    if (asked === null) throw error;
    return await work(asked);
  }
}
