// Pages of files: drawn to be looked at, and to be read.
export { PageError } from './errors.ts';
export { drawPage, hasPages, pixelsOfPage, type PagePicture, type PagePixelsRgb } from './page.ts';
export { textOfPdfPage, type TextPiece } from './pdf.ts';
