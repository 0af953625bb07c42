// How much memory V8 may let garbage take in the process of the back end (decision 0007).

/**
 * By default new garbage may pile up to 64 MB on a machine with much memory, and the old to several times of what is in use.
 * The scripts of package.json that run the back end under Node give the same flags.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=20'] as const;
