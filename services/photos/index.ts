// Photos: what they are, when and where they were taken, and smaller ones made of them.
export { PHOTO_ERRORS, PhotoError, type PhotoErrorCode } from './errors.ts';
export { drawPoints, type PicturePoint } from './marked.ts';
export {
  inspectPhoto,
  isSmallPicture,
  makeDocumentPicture,
  makeThumbnail,
  MAX_PHOTO_PIXELS,
  type PhotoInfo,
  type Picture,
} from './photo.ts';
export { MAX_PHOTO_BYTES, type PhotoMime } from './sniff.ts';
