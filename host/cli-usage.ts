// What a command line that is no command is answered with: one Chinese sentence, like every other error.
import type { Command, CommanderError } from 'commander';

/** What commander says after a value that is none: its choices, or the reason that our own check gave. */
function whyInvalid(message: string): string {
  const choices = /Allowed choices are (.+)\.$/.exec(message)?.[1];
  return choices ? `，可以写：${choices}` : `。${/ is invalid\. (.+)$/s.exec(message)?.[1] ?? ''}`;
}

/** Sentences by the code of commander; `named` is what its message names. */
const USAGE: Readonly<Record<string, (named: string, message: string) => string>> = {
  'commander.invalidArgument': (named, message) => `${named} 的值不对${whyInvalid(message)}`,
  'commander.missingArgument': (named) => `命令里还缺 ${named}`,
  'commander.optionMissingArgument': (named) => `${named} 后面要写上值`,
  'commander.missingMandatoryOptionValue': (named) => `请给出 ${named}`,
  'commander.unknownOption': (named) => `没有 ${named} 这个选项`,
  'commander.unknownCommand': (named) => `没有 ${named} 这个命令`,
  'commander.excessArguments': () => '命令后面多写了内容；含空格的内容请加引号',
};

/** The sentence for wrong use; null where nothing is wrong (help and version are shown). */
export function usageSentence(error: CommanderError): string | null {
  if (error.exitCode === 0) return null;
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const said = USAGE[error.code]?.(named, error.message) ?? '命令没有写对';
  return `${said}。用法见 --help`;
}

/** Makes a program throw for wrong use and print nothing of its own; commands added later do the same. */
export const silenced = (program: Command): Command =>
  program.exitOverride().configureOutput({ outputError: () => undefined });
