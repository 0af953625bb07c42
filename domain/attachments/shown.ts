// Which pictures stand for the photos of a record, on the screen and on paper alike.

/** What stands for each photo: a marked copy takes the place of its original, which stays one step away. */
export function shownPhotos<P extends { readonly id: string; readonly originalId: string | null }>(
  photos: readonly P[],
): P[] {
  const replaced = new Set(photos.map((photo) => photo.originalId).filter((id) => id !== null));
  return photos.filter((photo) => !replaced.has(photo.id));
}

/** The pictures of a finding on its notice: those from before, or those from after it was put right. */
export const noticePhotos = <
  P extends {
    readonly id: string;
    readonly originalId: string | null;
    readonly kind: string;
    readonly isImage: boolean;
  },
>(
  photos: readonly P[],
  when: 'before' | 'after',
): P[] => shownPhotos(photos).filter((photo) => photo.kind === `photo_${when}` && photo.isImage);
