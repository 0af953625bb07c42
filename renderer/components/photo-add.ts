// Adding photos and documents to a record: upload, attach, and keep what failed with its sentence until it is replaced.
import { computed, ref, watch, type ComputedRef } from 'vue';
import { api, sentenceOf, uploadFile } from '../desk/client.ts';
import { rememberAction } from '../desk/notify.ts';

type AddInput = Parameters<typeof api.attachments.add>[0];

/** The record that the files belong to. */
export interface PhotoOwner {
  entity: AddInput['ownerEntity'];
  id: string;
}

/** Kind a new file gets. */
export type PhotoKind = AddInput['kind'];

/** A file that is on its way or didn't arrive. */
export interface WaitingFile {
  key: number;
  name: string;
  preview: string | null;
  sentence: string | null;
  owner: PhotoOwner;
  kind: PhotoKind;
}

/** Files of one strip that are being added. */
export interface PhotoAdd {
  /** Those of its record and kind: on their way, or failed and not dealt with. */
  waiting: ComputedRef<WaitingFile[]>;
  add: (files: Iterable<File>, owner: PhotoOwner, kind: PhotoKind) => Promise<void>;
  /** Another file in place of one that failed. */
  replace: (key: number, file: File) => Promise<void>;
  dismiss: (key: number) => void;
}

/** Resolves when a condition over reactive values holds. */
const until = async (holds: () => boolean): Promise<void> =>
  await new Promise((resolve) => {
    const stop = watch(
      holds,
      (now) => {
        if (!now) return;
        resolve();
        void Promise.resolve().then(() => stop());
      },
      { immediate: true },
    );
  });

let next = 1;
/** Of all records: what failed waits until somebody deals with it, wherever one went meanwhile. */
const everything = ref<WaitingFile[]>([]);

/** Resolves once no file of these records is on its way any more; what failed stays at its record. */
export async function photosArrived(ownerIds: readonly string[]): Promise<void> {
  const onTheirWay = (): boolean =>
    everything.value.some((file) => file.sentence === null && ownerIds.includes(file.owner.id));
  await until(() => !onTheirWay());
}

/**
 * Adds files one after the other (a laptop in a workshop has one disk); `changed` is called after each that arrived.
 * @param place the record and kind that are shown
 */
export function usePhotoAdd(
  place: () => { owner: PhotoOwner; kind: PhotoKind },
  changed: (id: string) => void,
): PhotoAdd {
  const waiting = computed(() => {
    const { owner, kind } = place();
    return everything.value.filter((file) => file.owner.id === owner.id && file.kind === kind);
  });

  function dismiss(key: number): void {
    const preview = everything.value.find((file) => file.key === key)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    everything.value = everything.value.filter((file) => file.key !== key);
  }

  async function send(key: number, file: File, owner: PhotoOwner, kind: PhotoKind): Promise<void> {
    try {
      const upload = await uploadFile(file, file.name);
      const saved = await api.attachments.add({
        ownerEntity: owner.entity,
        ownerId: owner.id,
        uploadId: upload.id,
        name: file.name,
        kind,
      });
      rememberAction(saved.actionId);
      dismiss(key);
      changed(saved.id);
    } catch (error) {
      everything.value = everything.value.map((other) =>
        other.key === key ? { ...other, sentence: sentenceOf(error) } : other,
      );
    }
  }

  async function add(files: Iterable<File>, owner: PhotoOwner, kind: PhotoKind): Promise<void> {
    const given = [...files].map((file) => ({ key: next++, file }));
    everything.value = [
      ...everything.value,
      ...given.map(({ key, file }) => ({
        key,
        name: file.name,
        preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : null,
        sentence: null,
        owner,
        kind,
      })),
    ];
    for (const { key, file } of given) await send(key, file, owner, kind);
  }

  async function replace(key: number, file: File): Promise<void> {
    const failed = everything.value.find((other) => other.key === key);
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
