// Adding photos and documents to a record: upload, attach, and keep what failed with its sentence until it is replaced.
import { ref, type Ref } from 'vue';
import { api, sentenceOf, uploadFile } from '../app/client.ts';
import { rememberAction } from '../app/notify.ts';

type AddInput = Parameters<typeof api.attachments.add>[0];

/** The record that the files belong to. */
export interface PhotoOwner { entity: AddInput['ownerEntity']; id: string }

/** Kind a new file gets. */
export type PhotoKind = AddInput['kind'];

/** A file that is on its way or didn't arrive. */
export interface WaitingFile { key: number; name: string; preview: string | null; sentence: string | null; owner: PhotoOwner; kind: PhotoKind }

/** Files of one strip that are being added. */
export interface PhotoAdd {
  waiting: Ref<WaitingFile[]>;
  add: (files: Iterable<File>, owner: PhotoOwner, kind: PhotoKind) => Promise<void>;
  /** Another file in place of one that failed. */
  replace: (key: number, file: File) => Promise<void>;
  dismiss: (key: number) => void;
}

let next = 1;

/** Adds files one after the other (a laptop in a workshop has one disk); `changed` is called after each that arrived. */
export function usePhotoAdd(changed: (id: string) => void): PhotoAdd {
  const waiting = ref<WaitingFile[]>([]);

  function dismiss(key: number): void {
    const preview = waiting.value.find((file) => file.key === key)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    waiting.value = waiting.value.filter((file) => file.key !== key);
  }

  async function send(key: number, file: File, owner: PhotoOwner, kind: PhotoKind): Promise<void> {
    try {
      const upload = await uploadFile(file, file.name);
      const saved = await api.attachments.add({ ownerEntity: owner.entity, ownerId: owner.id, uploadId: upload.id, name: file.name, kind });
      rememberAction(saved.actionId);
      dismiss(key);
      changed(saved.id);
    } catch (error) {
      waiting.value = waiting.value.map((other) => (other.key === key ? { ...other, sentence: sentenceOf(error) } : other));
    }
  }

  async function add(files: Iterable<File>, owner: PhotoOwner, kind: PhotoKind): Promise<void> {
    const given = [...files].map((file) => ({ key: next++, file }));
    waiting.value = [...waiting.value, ...given.map(({ key, file }) => ({
      key, name: file.name, preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : null, sentence: null, owner, kind,
    }))];
    for (const { key, file } of given) await send(key, file, owner, kind);
  }

  async function replace(key: number, file: File): Promise<void> {
    const failed = waiting.value.find((other) => other.key === key);
    if (!failed) return;
    dismiss(key);
    await add([file], failed.owner, failed.kind);
  }

  return { waiting, add, replace, dismiss };
}

/** Files of a paste or drop. */
export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}
