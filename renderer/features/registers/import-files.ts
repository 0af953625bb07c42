// Files on their way into the wizard from another page (the first start).

/** What a register may come as. */
export const REGISTER_FILES = '.xls,.xlsx,.xlsm,.xlsb,.et,.ods,.csv,.tsv,.txt';

let waiting: File[] = [];

/** Gives files to the wizard that is about to open. */
export function handOverFiles(files: readonly File[]): void {
  waiting = [...files];
}

/** Takes them, once. */
export function takeWaitingFiles(): File[] {
  const files = waiting;
  waiting = [];
  return files;
}
