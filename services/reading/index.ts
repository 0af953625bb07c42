// Print of pages, read on the computer itself.
export { cropOf } from './crop.ts';
export { ReadingError } from './errors.ts';
export { readPage, type PageLines } from './read-page.ts';
export { canRead } from './runtime.ts';
