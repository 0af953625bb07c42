// What can be wrong with a photo, said so that the user knows what to do.

/** Reasons to refuse a photo, with the sentence shown. */
export const PHOTO_ERRORS = {
  PHOTO_EMPTY: '照片文件是空的，请重新选择照片',
  PHOTO_HEIC: '暂不支持 HEIC 格式的照片，请改选 JPG 照片，或在手机“设置 › 相机 › 格式”中选“兼容性最佳”后重拍',
  PHOTO_SVG: '不接受 SVG 图形文件，请改选 JPG 或 PNG 照片',
  PHOTO_FORMAT: '无法识别的照片格式，请改选 JPG、PNG、WebP、GIF 或 TIFF 照片',
  PHOTO_FILE_TOO_BIG: '照片文件超过 60 MB，请改用较小的照片',
  PHOTO_TOO_MANY_PIXELS: '照片像素过大（超过 1 亿像素），请缩小后再选',
  PHOTO_DAMAGED: '照片文件不完整或已损坏，请重新拍摄或重新拷贝',
} as const;

/** Code of a refused photo. */
export type PhotoErrorCode = keyof typeof PHOTO_ERRORS;

/** A photo that cannot be used; `message` is the Chinese sentence. */
export class PhotoError extends Error {
  readonly code: PhotoErrorCode;
  constructor(code: PhotoErrorCode, cause?: unknown) {
    super(PHOTO_ERRORS[code], cause === undefined ? undefined : { cause });
    this.name = 'PhotoError';
    this.code = code;
  }
}
